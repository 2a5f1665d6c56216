import type pg from 'pg'
import { recordAudit } from '#server/audit/record.ts'
import { AppError } from '#server/errors.ts'
import { carryOidcSession } from '#server/store/identities.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { endSession, forgetOldSessions, insertSession } from '#server/store/sessions.ts'
import { hashSecretText, makeSecretText } from './secret-text.ts'

/** Where somebody signs in from. */
export interface SignInPlace {
  address: string
  userAgent: string
}

/** Longest life of a session, used or not. */
export const sessionHours = 12

/** How long a session may wait for the second factor. */
const waitingMinutes = 10

interface Opening {
  person: { id: string; email: string }
  from: SignInPlace
  /** What came first was right, and more is wanted. */
  waitsForFactor: boolean
  /** The session that waited for this one, and how the second step was done; null = this is the first step. */
  replaces: { sessionId: string; way: string } | null
  /** How the person came in, unless by the password. */
  way?: string
  /** When the provider last asked the person who they are; null = it did not say, absent = they have shown it here just now. */
  shownAt?: Date | null
  /** What the record says beside. */
  detail?: Record<string, unknown>
}

/** Opens a session in a transaction of its own; returns what the cookie holds. */
export async function openSession(store: Store, opening: Opening): Promise<string> {
  return (await inTransaction(store, (tx) => openSessionIn(tx, opening))).sessionSecret
}

/** Opens a session under an id of its own, with the record of it; whoever planted or saw the id of the step before has nothing. */
export async function openSessionIn(
  tx: pg.PoolClient,
  opening: Opening,
): Promise<{ id: string; sessionSecret: string }> {
  const { person, from, waitsForFactor, replaces, way, shownAt, detail } = opening
  const sessionSecret = makeSecretText()
  const id = hashSecretText(sessionSecret)
  const lastsMs = waitsForFactor ? waitingMinutes * 60_000 : sessionHours * 3_600_000
  await forgetOldSessions(tx)
  if (replaces && !(await endSession(tx, replaces.sessionId))) {
    throw new AppError('unauthenticated', 'This sign-in was finished or has waited too long. Begin it again.')
  }
  await insertSession(tx, {
    id,
    userId: person.id,
    expiresAt: new Date(Date.now() + lastsMs),
    userAgent: from.userAgent.slice(0, 300),
    address: from.address,
    waitsForFactor,
    ...(shownAt !== undefined && { shownAt }),
  })
  if (replaces) await carryOidcSession(tx, replaces.sessionId, id)
  await recordAudit(tx, {
    actor: { id: person.id, name: person.email, kind: 'user' },
    action: replaces ? 'session.secondStep' : 'session.signIn',
    target: person.email,
    cluster: null,
    reason: null,
    outcome: 'done',
    operationId: null,
    detail: {
      session: id,
      address: from.address,
      ...(waitsForFactor && { wanted: 'second factor' }),
      ...(replaces && { way: replaces.way }),
      ...(way !== undefined && { way }),
      ...detail,
    },
  })
  return { id, sessionSecret }
}
