import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { proofLastsMs, proofText, type Proven } from '#domain/people/proof.ts'

/**
 * A challenge for a passkey that the web tier checks itself: random, good for `use` (such as `step-up|SESSION`) and for ten minutes. It is kept
 * nowhere: its end is a keyed hash of the rest.
 */
export function makeChallenge(secret: string, use: string, now: Date): string {
  const head = Buffer.alloc(headBytes)
  randomBytes(randomPart).copy(head)
  head.writeDoubleBE(now.getTime(), randomPart)
  return Buffer.concat([head, macOf(secret, use, head)]).toString('base64url')
}

/** True for a challenge that was made for this use and is not too old. */
export function isChallenge(secret: string, use: string, challenge: string, now: Date): boolean {
  const given = Buffer.from(challenge, 'base64url')
  if (given.length !== headBytes + 32) return false
  const head = given.subarray(0, headBytes)
  if (!timingSafeEqual(given.subarray(headBytes), macOf(secret, use, head))) return false
  return isFresh(head.readDoubleBE(randomPart), now)
}

/** The challenge of a proof: the SHA-256 of what is proven. */
export function proofChallenge(proven: Proven, nonce: string, issuedMs: number): string {
  return createHash('sha256')
    .update(proofText(proven, nonce, issuedMs))
    .digest('base64url')
}

/** True when a challenge of this time may still be answered; clocks may differ by a minute. */
export function isFresh(issuedMs: number, now: Date): boolean {
  const ageMs = now.getTime() - issuedMs
  return ageMs > -60_000 && ageMs < proofLastsMs
}

const randomPart = 24
const headBytes = randomPart + 8

function macOf(secret: string, use: string, head: Uint8Array): Buffer {
  return createHmac('sha256', secret)
    .update(JSON.stringify(['matriarch challenge 1', use]))
    .update(head)
    .digest()
}
