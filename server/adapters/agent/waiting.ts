import { sign, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { refusalText, waitingAnswer } from '#agent/protocol/enrolment.ts'
import { paths } from '#agent/protocol/paths.ts'
import { askAgent } from './client.ts'
import { enrolTimeoutMs } from './enrol.ts'
import { AgentRefusal } from './refusal.ts'
import type { AgentPlace } from './target.ts'

export type Waiting = z.output<typeof waitingAnswer>

/** Which invitation an agent waits with; null when it waits with none. Throws LookError when nothing answers as an agent does. */
export async function findWaiting(place: AgentPlace, signal?: AbortSignal): Promise<Waiting | null> {
  const path = paths.waiting
  const question = { place, pin: null, method: 'GET', path, answer: waitingAnswer, timeoutMs: lookWithinMs } as const
  try {
    return (await askAgent({ ...question, signal })).value
  } catch (error) {
    if (error instanceof AgentRefusal && (error.refusal === 'not-found' || error.refusal === 'not-enrolled'))
      return null
    throw error
  }
}

/** Tells whoever waits at the node why its token does not do, signed so that nobody else can send it away. */
export async function turnAway(given: {
  place: AgentPlace
  invitationId: string
  reason: string
  privateKey: KeyObject
  /** Base64 of its SPKI form. */
  publicKey: string
  signal?: AbortSignal | undefined
}): Promise<void> {
  const { place, invitationId, reason, privateKey, publicKey, signal } = given
  const signature = sign(null, Buffer.from(refusalText(invitationId, reason)), privateKey).toString('base64')
  await askAgent({
    place,
    pin: null,
    method: 'POST',
    path: paths.refuse,
    body: JSON.stringify({ invitationId, workerKey: publicKey, reason, signature }),
    answer: z.unknown(),
    timeoutMs: enrolTimeoutMs,
    signal,
  })
}

/** Most of these looks find nothing there: they come every few seconds. */
const lookWithinMs = 2_000
