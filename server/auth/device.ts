import { createHmac, timingSafeEqual } from 'node:crypto'

/** Proof that a browser has signed in to this account before, void once its password changes. */
export function deviceProof(secret: string, credentials: KnownBy): string {
  return createHmac('sha256', secret).update(`device|${credentials.id}|${credentials.passwordHash}`).digest('base64url')
}

/** True when the browser shows the proof for this account. */
export function isKnownDevice(secret: string, credentials: KnownBy | null, shown: string | null): boolean {
  if (credentials === null || credentials.passwordHash === null || shown === null) return false
  const expected = Buffer.from(deviceProof(secret, credentials))
  const given = Buffer.from(shown)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** Without a password there is none to be void with: such a proof is of nobody. */
interface KnownBy {
  id: string
  passwordHash: string | null
}

/** How long a browser stays known. */
export const deviceSeconds = 180 * 86_400
