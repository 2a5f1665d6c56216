import { createPublicKey, sign, type KeyObject } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  confirmAnswer,
  confirmationText,
  helloAnswer,
  isSameProof,
  newSecret,
  proofOf,
  type Transcript,
} from '#agent/protocol/enrolment.ts'
import { paths } from '#agent/protocol/paths.ts'
import { AppError } from '#server/errors.ts'
import { LookError } from '../look-error.ts'
import { askAgent } from './client.ts'
import { callKeyOf } from './call.ts'
import { askStatus } from './status.ts'
import type { AgentPlace } from './target.ts'

/** The workers' side of an enrolment. */
export interface Enrolling {
  place: AgentPlace
  invitationId: string
  /** The token's secret. */
  secret: string
  privateKey: KeyObject
  /** Base64 of its SPKI form. */
  publicKey: string
  signal?: AbortSignal | undefined
}

/** Who the agent proved to be. */
export interface Enrolled {
  agentId: string
  /** Base64 of its SPKI form. */
  identityKey: string
  certificatePin: string
  version: string
}

/** The agent does not prove what it must; the sentence is told to whoever waits at the node. */
export class UnprovenError extends AppError {
  constructor(sentence: string, cause?: unknown) {
    super('refused', sentence, { cause })
    this.name = 'UnprovenError'
  }
}

export const enrolTimeoutMs = 5_000

/** Lets both sides prove that they hold the token and pin each other's keys. Throws UnprovenError, AgentRefusal or LookError. */
export async function enrolAgent(enrolling: Enrolling): Promise<Enrolled> {
  const { place, invitationId, publicKey, signal } = enrolling
  const workerNonce = newSecret()
  const hello = await askAgent({
    place,
    pin: null,
    method: 'POST',
    path: paths.hello,
    body: JSON.stringify({ invitationId, workerKey: publicKey, workerNonce }),
    answer: helloAnswer,
    timeoutMs: enrolTimeoutMs,
    signal,
  })
  const { agentId, node, agentKey, certificatePin, agentNonce, version } = hello.value
  const transcript = {
    invitationId,
    node,
    agentId,
    workerKey: publicKey,
    agentKey,
    certificatePin,
    workerNonce,
    agentNonce,
  }
  demandProof(enrolling, transcript, { shownPin: hello.pin, proof: hello.value.proof })
  const enrolled = { agentId, identityKey: agentKey, certificatePin, version }
  await confirmUntilHeard(enrolling, transcript).catch((error: unknown) => unlessItKnows(error, enrolling, enrolled))
  return enrolled
}

function demandProof(
  { place, secret }: Enrolling,
  transcript: Transcript,
  shown: { shownPin: string; proof: string },
): void {
  if (transcript.node !== place.node) {
    throw new UnprovenError(
      `This token is for ${place.node}, but the agent that came with it is that of ${transcript.node}.`,
    )
  }
  if (transcript.certificatePin !== shown.shownPin) {
    throw new UnprovenError(
      'The certificate that the agent names is not that of its connection: something stands between it and the console.',
    )
  }
  if (!isSameProof(shown.proof, proofOf('agent', secret, transcript))) {
    throw new UnprovenError('The agent does not hold the token of this invitation: copy the whole of it.')
  }
  demandKey(transcript.agentKey)
}

function demandKey(agentKey: string): void {
  try {
    const key = createPublicKey({ key: Buffer.from(agentKey, 'base64'), format: 'der', type: 'spki' })
    if (key.asymmetricKeyType === 'ed25519') return
  } catch (cause) {
    throw new UnprovenError('The key that the agent shows cannot be read.', cause)
  }
  throw new UnprovenError('The key that the agent shows is of another kind than Ed25519.')
}

// Asked again, an agent that has pinned the key says so once more.
async function confirmUntilHeard(enrolling: Enrolling, transcript: Transcript): Promise<void> {
  for (let failures = 0; ; failures += 1) {
    try {
      await confirm(enrolling, transcript)
      return
    } catch (error) {
      if (!mayHavePinned(error) || failures === 2) throw error
      await sleep(200, undefined, { signal: enrolling.signal })
    }
  }
}

function mayHavePinned(error: unknown): boolean {
  return error instanceof LookError && error.mayHaveArrived
}

async function confirm({ place, secret, privateKey, signal }: Enrolling, transcript: Transcript): Promise<void> {
  const { invitationId, agentNonce, agentId, certificatePin } = transcript
  const { value } = await askAgent({
    place,
    pin: certificatePin,
    method: 'POST',
    path: paths.confirm,
    body: JSON.stringify({
      invitationId,
      agentNonce,
      proof: proofOf('worker', secret, transcript),
      signature: sign(null, Buffer.from(confirmationText(transcript)), privateKey).toString('base64'),
    }),
    answer: confirmAnswer,
    timeoutMs: enrolTimeoutMs,
    signal,
  })
  if (value.agentId !== agentId) throw new UnprovenError('Another agent than the one that said hello confirmed.')
}

// Its answer may have been lost on the way: an agent that obeys the key is enrolled, whatever was heard of it.
async function unlessItKnows(error: unknown, { place, privateKey, publicKey, signal }: Enrolling, enrolled: Enrolled) {
  if (!mayHavePinned(error)) throw error
  const { agentId: id, certificatePin } = enrolled
  const agent = { ...place, id, certificatePin }
  await askStatus({
    agent,
    key: callKeyOf({ privateKey, publicKey }),
    counter: 0,
    now: new Date(),
    timeoutMs: enrolTimeoutMs,
    signal,
  }).catch(() => {
    throw error
  })
}
