import { findLiveSession } from '#server/store/sessions.ts'
import { findValidToken } from '#server/store/tokens.ts'
import type { Store } from '#server/store/open.ts'
import { addressOf } from './address.ts'
import type { Caller } from './caller.ts'
import { readSessionSecret, type CookieRules } from './cookies.ts'
import { takeForNone } from './none.ts'
import { hashSecretText } from './secret-text.ts'

/** Who sends a request, looked up in the store: by its bearer token if it shows one, else by its session cookie; null = nobody. */
export async function identify(
  { store, rules, secret }: { store: Store; rules: CookieRules; secret: string },
  headers: Headers,
): Promise<Caller | null> {
  if (headers.has('authorization')) return identifyToken(store, headers)
  const sessionSecret = await readSessionSecret(headers, rules, secret)
  return sessionSecret === null ? null : findSessionCaller(store, hashSecretText(sessionSecret))
}

/** The person behind a session's id as of now; null once the session has ended or the person may not come in. */
export async function findSessionCaller(store: Store, sessionId: string): Promise<Caller | null> {
  const session = await findLiveSession(store, sessionId)
  if (!session) return null
  const { userId, ...person } = session
  return { kind: 'user', id: userId, ...person, sessionId }
}

async function identifyToken(store: Store, headers: Headers): Promise<Caller | null> {
  const token = /^Bearer ([\w-]{20,200})$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (token === undefined) return null
  const found = await findValidToken(store, hashSecretText(token))
  if (found) return { kind: 'token', ...found }
  await takeForNone(store, 'tokens', addressOf(headers))
  return null
}
