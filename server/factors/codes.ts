import { createHash, randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { recoveryCodeCount } from '#domain/people/factor.ts'

/** The step of time (30 s since 1970) whose code this is, the present one or a neighbour; null = it is none. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const digits = code.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(digits)) return null
  const timestamp = now.getTime()
  const delta = new TOTP({ secret: Secret.fromBase32(secret) }).validate({ token: digits, timestamp, window: 1 })
  return delta === null ? null : Math.floor(timestamp / stepMs) + delta
}

/** Ten codes of 80 bits to be told once. */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodeCount }, () =>
    Array.from({ length: 4 }, () =>
      Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join(''),
    ).join('-'),
  )
}

/** What the store keeps of a recovery code, however it was typed. */
export function hashRecoveryCode(code: string): string {
  const plain = code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return createHash('sha256').update(`recovery|${plain}`).digest('hex')
}

const stepMs = 30_000

// 32 signs, without letters that look like digits.
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
