import { recordAudit } from '#server/audit/record.ts'
import { AppError } from '#server/errors.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { forgetOldSessions, insertSession } from '#server/store/sessions.ts'
import { forgetOldTries, markGood, takeTry } from '#server/store/sign-in-attempts.ts'
import { findCredentials, type Credentials } from '#server/store/users.ts'
import { deviceProof, isKnownDevice } from './device.ts'
import { isPassword } from './password.ts'
import { hashSecretText, makeSecretText } from './secret-text.ts'

export interface SignInTry {
  email: string
  password: string
  address: string
  userAgent: string
  /** What the browser shows of an earlier sign-in to the same account. */
  device: string | null
}

/** Longest life of a session, used or not. */
export const sessionHours = 12

/**
 * Checks a password and opens a session. Throws `limited` with the time to wait, or `unauthenticated` with one and the
 * same sentence for an unknown account, a wrong password and a disabled person.
 */
export async function signIn(
  { store, secret }: { store: Store; secret: string },
  attempt: SignInTry,
): Promise<{ credentials: Credentials; sessionSecret: string; device: string }> {
  const email = attempt.email.trim().toLowerCase().slice(0, 200)
  const credentials = await findCredentials(store, email)
  // A browser that was let in before has tries of its own: others cannot use them up.
  const isKnown = isKnownDevice(secret, credentials, attempt.device)
  const account = isKnown ? `known device of ${email}` : email
  const taken = await takeTry(store, { account, address: attempt.address })
  if (!taken.ok) throw new AppError('limited', `Too many tries. Wait ${spoken(taken.waitSeconds)}, then try again.`)
  const isRight = await isPassword(credentials?.passwordHash ?? null, attempt.password)
  if (!isRight || !credentials || credentials.passwordHash === null || credentials.disabledAt) {
    await recordRefused(store, email, credentials, attempt)
    throw new AppError('unauthenticated', 'The e-mail address or the password is wrong.')
  }
  const sessionSecret = await openSession(store, credentials, attempt)
  await markGood(store, taken.id)
  await forgetOldTries(store)
  return { credentials, sessionSecret, device: deviceProof(secret, credentials) }
}

async function openSession(store: Store, credentials: Credentials, attempt: SignInTry): Promise<string> {
  const sessionSecret = makeSecretText()
  const id = hashSecretText(sessionSecret)
  await inTransaction(store, async (tx) => {
    await forgetOldSessions(tx)
    await insertSession(tx, {
      id,
      userId: credentials.id,
      expiresAt: new Date(Date.now() + sessionHours * 3_600_000),
      userAgent: attempt.userAgent.slice(0, 300),
      address: attempt.address,
    })
    await recordAudit(tx, {
      actor: { id: credentials.id, name: credentials.email, kind: 'user' },
      action: 'session.signIn',
      target: credentials.email,
      cluster: null,
      reason: null,
      outcome: 'done',
      operationId: null,
      detail: { session: id, address: attempt.address },
    })
  })
  return sessionSecret
}

async function recordRefused(
  store: Store,
  email: string,
  credentials: Credentials | null,
  attempt: SignInTry,
): Promise<void> {
  // Somebody may type the password where the address belongs.
  const name = email.includes('@') ? email : 'no e-mail address'
  await inTransaction(store, (tx) =>
    recordAudit(tx, {
      actor: { id: credentials?.id ?? null, name, kind: 'user' },
      action: 'session.signIn',
      target: name,
      cluster: null,
      reason: null,
      outcome: 'refused',
      operationId: null,
      detail: { address: attempt.address, isDisabled: credentials?.disabledAt != null },
    }),
  )
}

function spoken(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`
}
