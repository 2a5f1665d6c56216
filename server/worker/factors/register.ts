import { verifyRegistrationResponse } from '@simplewebauthn/server'
import { authenticatorContext, mostFactors, type FactorQuestion } from '#domain/people/factor-question.ts'
import { AppError } from '#server/errors.ts'
import { wrongCode } from '#server/factors/check-proof.ts'
import { stepOfCode } from '#server/factors/codes.ts'
import { originIn, passkeyName } from '#server/factors/own-name.ts'
import { insertAuthenticator } from '#server/store/factors/authenticators.ts'
import { insertPasskey, spendChallenge } from '#server/store/factors/passkeys.ts'
import type { WorkerKeys } from '#server/store/keys.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { unsealSecret } from '#server/store/seal.ts'

type Asked<V extends FactorQuestion['verb']> = Extract<FactorQuestion, { verb: V }>

/** Keeps the secret of an authenticator app once a code shows that the app has it; returns the id of the factor. */
export async function registerAuthenticator(
  tx: Queryable,
  keys: WorkerKeys,
  { userId, name }: Asked<'register-totp'>,
  sealed: Uint8Array | null,
): Promise<string> {
  await refuseTooMany(tx, userId)
  const given: unknown = JSON.parse(
    unsealSecret(keys.sealing.privateKey, sealed ?? new Uint8Array(), authenticatorContext(userId)),
  )
  if (!isAuthenticator(given)) throw new AppError('refused', 'The secret of the app was not understood. Begin again.')
  const step = stepOfCode(given.secret, given.code, new Date())
  if (step === null) throw new AppError('refused', wrongCode)
  return insertAuthenticator(tx, keys, { userId, name, secret: given.secret, step })
}

/** Keeps a passkey whose answer fits the challenge it was made with; returns the id of the factor. */
export async function registerPasskey(
  tx: Queryable,
  { userId, name, origin, challenge, registration }: Asked<'register-passkey'>,
): Promise<string> {
  await refuseTooMany(tx, userId)
  const rpId = passkeyName(origin)
  if (rpId === null || originIn(registration.response.clientDataJSON, rpId) !== origin) throw unfit()
  const { registrationInfo } = await verifyRegistrationResponse({
    response: registration,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: false,
  }).catch((cause: unknown) => {
    throw unfit(cause)
  })
  if (!registrationInfo || !(await spendChallenge(tx, challenge))) throw unfit()
  const { id: credentialId, publicKey } = registrationInfo.credential
  const id = await insertPasskey(tx, { userId, name, credentialId, publicKey, rpId })
  if (id === null) throw new AppError('refused', 'This passkey is registered already.')
  return id
}

async function refuseTooMany(tx: Queryable, userId: string): Promise<void> {
  // Two registrations of one person at a time would each see the other not yet there.
  await tx.query(`select pg_advisory_xact_lock(hashtext($1)::bigint)`, [`factors of ${userId}`])
  const { rows } = await tx.query<{ many: number }>(
    'select count(*)::int as many from factor where user_id = $1 and removed_at is null',
    [userId],
  )
  if ((rows[0]?.many ?? 0) >= mostFactors) {
    throw new AppError('refused', `You have ${mostFactors} factors, which is the most. Remove one first.`)
  }
}

function unfit(cause?: unknown): AppError {
  return new AppError('refused', 'The passkey’s answer does not fit what was asked. Begin again.', { cause })
}

function isAuthenticator(given: unknown): given is { secret: string; code: string } {
  if (typeof given !== 'object' || given === null || !('secret' in given) || !('code' in given)) return false
  return typeof given.secret === 'string' && /^[A-Z2-7]{32,64}$/.test(given.secret) && typeof given.code === 'string'
}
