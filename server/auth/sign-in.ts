import { recordAudit } from '#server/audit/record.ts'
import { AppError } from '#server/errors.ts'
import { factorKinds } from '#server/store/factors/factors.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { giveBack, markGood, takeTry } from '#server/store/sign-in-attempts.ts'
import { findCredentials, type Credentials } from '#server/store/users.ts'
import { deviceProof, isKnownDevice } from './device.ts'
import { tooManyTries } from './too-many-tries.ts'
import { openSession } from './open-session.ts'
import { isPassword } from './password.ts'

export interface SignInTry {
  email: string
  password: string
  address: string
  userAgent: string
  /** What the browser shows of an earlier sign-in to the same account. */
  device: string | null
}

/**
 * Checks a password and opens a session, which waits for the second factor where the person has one. Throws `limited` with the time to wait, or `unauthenticated` with one and the
 * same sentence for an unknown account, a wrong password and a disabled person.
 */
export async function signIn(
  { store, secret }: { store: Store; secret: string },
  attempt: SignInTry,
): Promise<{ credentials: Credentials; sessionSecret: string; device: string | null }> {
  const email = attempt.email.trim().toLowerCase().slice(0, 200)
  const credentials = await findCredentials(store, email)
  // A browser that was let in before has tries of its own: others cannot use them up.
  const isKnown = isKnownDevice(secret, credentials, attempt.device)
  const account = isKnown ? `known device of ${email}` : email
  const taken = await takeTry(store, { kind: 'password', account, address: attempt.address, isKnown })
  if (!taken.ok) throw tooManyTries(taken.waitSeconds)
  const { passwordHash = null } = credentials ?? {}
  const isRight = await isPassword(passwordHash, attempt.password, { isFirst: isKnown }).catch(
    async (error: unknown) => {
      // It was not looked at.
      await giveBack(store, taken.id)
      throw error
    },
  )
  if (!isRight || !credentials || passwordHash === null || credentials.disabledAt) {
    await recordRefused(store, email, credentials, attempt)
    throw new AppError('unauthenticated', 'The e-mail address or the password is wrong.')
  }
  const waitsForFactor = (await factorKinds(store.pool, credentials.id)).size > 0
  const sessionSecret = await openSession(store, { person: credentials, from: attempt, waitsForFactor, replaces: null })
  await markGood(store, taken.id)
  // A browser is known only once all that is wanted was given.
  return { credentials, sessionSecret, device: waitsForFactor ? null : deviceProof(secret, credentials) }
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
