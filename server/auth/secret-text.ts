import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits as text that fits in a header or a cookie. */
export function makeSecretText(): string {
  return randomBytes(32).toString('base64url')
}

/** What the store keeps of a secret text: its SHA-256, hexadecimal. */
export function hashSecretText(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
