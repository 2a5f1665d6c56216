/** A secret for an authenticator app, made in this browser: 160 random bits in base32 (RFC 4648). */
export function makeSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(20))
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return Array.from({ length: 32 }, (_, n) => alphabet[Number.parseInt(bits.slice(n * 5, n * 5 + 5), 2)]).join('')
}

/** The address that an app takes the secret from (Key URI Format). */
export function secretUri(secret: string, email: string): string {
  return `otpauth://totp/Matriarch:${encodeURIComponent(email)}?secret=${secret}&issuer=Matriarch`
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
