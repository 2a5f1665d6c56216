import { randomBytes, randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { Gate } from './password-gate.ts'

/** An argon2id hash in PHC form; the parameters are those OWASP names as the least. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost)
}

/**
 * True when the password is the one of the hash; without a hash it takes as long and is false. Two are checked at once, others wait
 * or are told to: throws AppError `limited`. Who is not known yet stands behind those who are.
 */
export async function isPassword(
  passwordHash: string | null,
  password: string,
  { isFirst = true }: { isFirst?: boolean } = {},
): Promise<boolean> {
  const dummy = await nobodysHash()
  const isRight = await gate.run(() => verify(passwordHash ?? dummy, password), { isFirst })
  return isRight && passwordHash !== null
}

/** A password to be told once and changed: 20 letters and digits in four groups, about 98 bits. */
export function makePassword(): string {
  const groups = Array.from({ length: 4 }, () =>
    Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join(''),
  )
  return groups.join('-')
}

// Without letters that look like digits.
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

// Each takes 19 MB and a core for as long as it lasts.
const gate = new Gate({ atOnce: 2, mostWaiting: 20 })

let nobody: Promise<string> | null = null

function nobodysHash(): Promise<string> {
  nobody ??= hashPassword(randomBytes(24).toString('base64url'))
  return nobody
}
