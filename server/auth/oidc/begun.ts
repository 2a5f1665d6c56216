import { decode, encode } from 'next-auth/jwt'
import { z } from 'zod'
import { readCookie, type CookieRules } from '../cookies.ts'

/** A sign-in that was begun in a browser, which alone keeps it: encrypted, for ten minutes. */
export type Begun = z.infer<typeof begun>

const begun = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  issuer: z.string(),
  /** Where to go once signed in. */
  next: z.string(),
  /** From when on the provider must have asked who the person is, in milliseconds; null = its session may do. */
  askedAgainAt: z.number().nullable(),
})

/** How long a person may take at the provider, seconds. */
export const begunSeconds = 600

/** The name of the cookie that keeps it. */
export function begunCookie(rules: CookieRules): string {
  return `${rules.isSecure ? '__Host-' : ''}matriarch.oidc`
}

/** The sign-in as the browser keeps it. */
export function sealBegun(sign: Begun, secret: string): Promise<string> {
  return encode({ token: { ...sign }, secret, salt, maxAge: begunSeconds })
}

/** The sign-in that this browser has begun; null when there is none that this console made within its time. */
export async function openBegun(headers: Headers, rules: CookieRules, secret: string): Promise<Begun | null> {
  const token = readCookie(headers, begunCookie(rules))
  if (token === null) return null
  try {
    return begun.safeParse(await decode({ token, secret, salt })).data ?? null
  } catch {
    return null
  }
}

// Of its own, so that it can never be taken for the cookie of a session.
const salt = 'matriarch.oidc'
