import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { nodeForm, versionForm } from './told-names.ts'

/**
 * An invitation as the operator carries it to the node: which invitation, the secret that proves it, and which key of the
 * console may come with it. 256 bits of secret, one use, a quarter of an hour.
 */
export interface InvitationToken {
  invitationId: string
  /** base64url, 32 bytes. */
  secret: string
  /** keyId of the workers' signing key. */
  workerKeyId: string
}

export const invitationLifeMs = 15 * 60_000

export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

export function writeToken({ invitationId, secret, workerKeyId }: InvitationToken): string {
  return `mta_${Buffer.from(invitationId.replaceAll('-', ''), 'hex').toString('base64url')}.${secret}.${workerKeyId}`
}

/** Reads a token; null for anything that is none. */
export function readToken(text: string): InvitationToken | null {
  const found = /^mta_([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/.exec(text.trim())
  const [, id = '', secret = '', workerKeyId = ''] = found ?? []
  const hex = Buffer.from(id, 'base64url').toString('hex')
  const parts = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(hex)
  return found && parts ? { invitationId: parts.slice(1).join('-'), secret, workerKeyId } : null
}

/** Id of a key: SHA-256 of its SPKI form (DER), base64url. */
export function keyIdOf(spki: Uint8Array): string {
  return createHash('sha256').update(spki).digest('base64url')
}

const base64 = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9+/]+=*$/)
const nonce = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const proof = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** `POST /v1/enrol/hello`, worker to agent. */
export const helloRequest = z.strictObject({ invitationId: z.uuid(), workerKey: base64, workerNonce: nonce })
/** Its answer: who the agent is, and proof that it holds the token. */
export const helloAnswer = z.object({
  agentId: z.uuid(),
  node: nodeForm,
  agentKey: base64,
  /** SHA-256 of the certificate's SPKI, base64url: must be that of the connection. */
  certificatePin: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  agentNonce: nonce,
  version: versionForm,
  proof,
})
/** `POST /v1/enrol/confirm`: proof that the worker holds the token, and the key the agent is to pin. */
export const confirmRequest = z.strictObject({ invitationId: z.uuid(), agentNonce: nonce, proof, signature: base64 })
export const confirmAnswer = z.object({ agentId: z.uuid() })
/** `POST /v1/enrol/refuse`: the worker tells the waiting person why this token does not do. Signed over `refusalText`. */
export const refuseRequest = z.strictObject({
  invitationId: z.uuid(),
  workerKey: base64,
  reason: z.string().max(500),
  signature: base64,
})
/** `GET /v1/enrol`: which invitation an agent waits with; 404 when it waits with none. */
export const waitingAnswer = z.object({
  invitationId: z.uuid(),
  node: nodeForm,
  /** Only of an agent that was confirmed and has not been asked anything since: the console may not know of it. */
  agentId: z.uuid().optional(),
})

/** Everything both sides must agree on. Keys are base64 of their SPKI form. */
export interface Transcript {
  invitationId: string
  node: string
  agentId: string
  workerKey: string
  agentKey: string
  certificatePin: string
  workerNonce: string
  agentNonce: string
}

/** Proof of the token over the whole transcript; each side has its own, so that none can be sent back. */
export function proofOf(side: 'agent' | 'worker', secret: string, transcript: Transcript): string {
  const { invitationId, node, agentId, workerKey, agentKey, certificatePin, workerNonce, agentNonce } = transcript
  const text = [
    'matriarch enrolment 1',
    side,
    invitationId,
    node,
    agentId,
    workerKey,
    agentKey,
    certificatePin,
    workerNonce,
    agentNonce,
  ]
  return createHmac('sha256', Buffer.from(secret, 'base64url')).update(JSON.stringify(text)).digest('base64url')
}

/** What the worker's key signs when it confirms: that it, and no other holder of the token, is the console. */
export function confirmationText(transcript: Transcript): string {
  return `matriarch enrolment 1\n${proofOf('worker', '', transcript)}`
}

export function refusalText(invitationId: string, reason: string): string {
  return `matriarch enrolment refused 1\n${invitationId}\n${reason}`
}

export function isSameProof(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
