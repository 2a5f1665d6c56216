import { type KeyObject, sign, verify } from 'node:crypto'
import { contentDigest } from './digest.ts'

/** What a request is bound to besides its method, path and body. Reads have no operation: theirs are null and epoch 0. */
export interface Binding {
  /** The agent that is meant, by its id. */
  audience: string
  operation: string | null
  step: string | null
  /** The cluster's fencing number: of two, the higher is the one that may act. */
  epoch: number
  planHash: string | null
}

export interface Timing {
  /** Seconds since 1970. */
  created: number
  /** At most 60 s after `created`. */
  expires: number
  /** 128 bits, base64url. */
  nonce: string
  /** Which key signs: SHA-256 of its SPKI form, base64url. */
  keyId: string
}

export interface SignedRequest {
  method: 'POST'
  path: string
  body: Uint8Array
  binding: Binding
  timing: Timing
}

export const longestLifeSeconds = 60

/** Names of the fields that carry a binding. */
export const bindingFields = {
  audience: 'matriarch-audience',
  operation: 'matriarch-operation',
  step: 'matriarch-step',
  epoch: 'matriarch-epoch',
  planHash: 'matriarch-plan',
} as const

/** What is signed, always all of it and in this order: a request that leaves one out is none. */
const covered = [
  '@method',
  '@path',
  'content-digest',
  bindingFields.audience,
  bindingFields.operation,
  bindingFields.step,
  bindingFields.epoch,
  bindingFields.planHash,
] as const

/** The header fields that go with the request, its signature among them (RFC 9421, one signature named `matriarch`). */
export function signRequest(request: SignedRequest, privateKey: KeyObject): Record<string, string> {
  const fields = fieldsOf(request)
  const signature = sign(null, Buffer.from(signatureBase(request, fields)), privateKey).toString('base64')
  return {
    ...fields,
    'signature-input': `matriarch=${parametersOf(request.timing)}`,
    signature: `matriarch=:${signature}:`,
  }
}

/** True when these header values sign exactly this request; the fields themselves are compared as they are written. */
export function isSignedBy(
  request: SignedRequest,
  given: Readonly<Record<string, string>>,
  publicKey: KeyObject,
): boolean {
  const fields = fieldsOf(request)
  for (const [name, value] of Object.entries(fields)) if (given[name] !== value) return false
  if (given['signature-input'] !== `matriarch=${parametersOf(request.timing)}`) return false
  const encoded = /^matriarch=:([A-Za-z0-9+/]{86}==):$/.exec(given['signature'] ?? '')?.[1]
  if (encoded === undefined) return false
  const signature = Buffer.from(encoded, 'base64')
  // Base64 has spare bits at its end: one signature is written in one way alone.
  if (signature.toString('base64') !== encoded) return false
  return verify(null, Buffer.from(signatureBase(request, fields)), publicKey, signature)
}

/** Reads the signature's parameters; null for anything that this side would not have written in just this way. */
export function parseTiming(signatureInput: string): Timing | null {
  const found = timingForm.exec(signatureInput)
  if (!found) return null
  const [, created, expires, nonce = '', keyId = ''] = found
  const timing = { created: Number(created), expires: Number(expires), nonce, keyId }
  return `matriarch=${parametersOf(timing)}` === signatureInput ? timing : null
}

const timingForm =
  /^matriarch=\([^)]*\);created=(\d{1,12});expires=(\d{1,12});nonce="([A-Za-z0-9_-]{22})";keyid="([A-Za-z0-9_-]{43})";alg="ed25519"$/

function fieldsOf({ body, binding }: SignedRequest): Record<string, string> {
  return {
    'content-digest': contentDigest(body),
    [bindingFields.audience]: binding.audience,
    [bindingFields.operation]: binding.operation ?? '-',
    [bindingFields.step]: binding.step ?? '-',
    [bindingFields.epoch]: String(binding.epoch),
    [bindingFields.planHash]: binding.planHash ?? '-',
  }
}

function parametersOf({ created, expires, nonce, keyId }: Timing): string {
  const list = covered.map((name) => `"${name}"`).join(' ')
  return `(${list});created=${created};expires=${expires};nonce="${nonce}";keyid="${keyId}";alg="ed25519"`
}

function signatureBase(request: SignedRequest, fields: Record<string, string>): string {
  const lines = covered.map((name) => {
    if (name === '@method') return `"@method": ${request.method}`
    if (name === '@path') return `"@path": ${request.path}`
    return `"${name}": ${fields[name]}`
  })
  return [...lines, `"@signature-params": ${parametersOf(request.timing)}`].join('\n')
}
