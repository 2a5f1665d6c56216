import { randomBytes, type KeyObject } from 'node:crypto'
import type { z } from 'zod'
import { keyIdOf } from '#agent/protocol/enrolment.ts'
import { longestLifeSeconds, signRequest, type Binding } from '#agent/protocol/signature.ts'
import { askKnownAgent } from './ask-known-agent.ts'
import type { AgentPlace } from './target.ts'

/** An agent that both sides have come to know. */
export interface KnownAgent extends AgentPlace {
  id: string
  /** SHA-256 of its certificate's SPKI, base64url. */
  certificatePin: string
}

/** What a call is signed with. */
export interface CallKey {
  privateKey: KeyObject
  /** SHA-256 of its SPKI form, base64url. */
  keyId: string
}

/** The key that calls are signed with, from the workers' signing key; `publicKey` is base64 of its SPKI form. */
export function callKeyOf({ privateKey, publicKey }: { privateKey: KeyObject; publicKey: string }): CallKey {
  return { privateKey, keyId: keyIdOf(Buffer.from(publicKey, 'base64')) }
}

export interface SignedCall<T> {
  agent: KnownAgent
  key: CallKey
  path: string
  body: unknown
  /** Without the audience, which is the agent. */
  binding: Omit<Binding, 'audience'>
  answer: z.ZodType<T>
  timeoutMs: number
  now: Date
  signal?: AbortSignal | undefined
}

/** Binding of what belongs to no operation: reads. */
export const unbound: Omit<Binding, 'audience'> = { operation: null, step: null, epoch: 0, planHash: null }

/** Calls a known agent with a signed request and returns its checked answer; throws as askKnownAgent does. */
export async function callAgent<T>(call: SignedCall<T>): Promise<T> {
  const { agent, key, path, answer, timeoutMs, signal } = call
  const body = JSON.stringify(call.body)
  const created = Math.floor(call.now.getTime() / 1000)
  const headers = signRequest(
    {
      method: 'POST',
      path,
      body: Buffer.from(body),
      binding: { ...call.binding, audience: agent.id },
      timing: {
        created,
        expires: created + longestLifeSeconds,
        nonce: randomBytes(16).toString('base64url'),
        keyId: key.keyId,
      },
    },
    key.privateKey,
  )
  return askKnownAgent(agent, { path, body, headers, answer, timeoutMs, signal })
}
