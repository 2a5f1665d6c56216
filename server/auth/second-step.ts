import { recordAudit } from '#server/audit/record.ts'
import type { Assertion } from '#domain/people/proof.ts'
import { AppError } from '#server/errors.ts'
import { isChallenge } from '#server/factors/challenge.ts'
import { checkPasskey } from '#server/factors/check-passkey.ts'
import { hashRecoveryCode } from '#server/factors/codes.ts'
import { countRecoveryCodes, spendRecoveryCode } from '#server/store/factors/recovery-codes.ts'
import { factorKinds } from '#server/store/factors/factors.ts'
import { comesByProviderAlone } from '#server/store/identities.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { findWaitingSession } from '#server/store/sessions.ts'
import { markGood, takeTry } from '#server/store/sign-in-attempts.ts'
import { findCredentialsOf } from '#server/store/users.ts'
import { checkCode } from './check-code.ts'
import { deviceProof, isKnownDevice } from './device.ts'
import { takeForNone } from './none.ts'
import { openSession, type SignInPlace } from './open-session.ts'
import { tooManyTries } from './too-many-tries.ts'

/** Somebody who has signed in: what the cookies hold from now on. */
export interface SignedIn {
  sessionSecret: string
  device: string
}

/** What a session waits for; null = there is none that waits. */
export interface Wanted {
  code: boolean
  passkey: boolean
  recoveryCode: boolean
}

interface Door {
  store: Store
  secret: string
  from: SignInPlace
  /** What the browser shows of an earlier sign-in. */
  device: string | null
}

/** What the session in the cookie still wants. */
export async function findWanted(store: Store, sessionId: string | null): Promise<Wanted | null> {
  const waiting = sessionId === null ? null : await findWaitingSession(store, sessionId)
  if (!waiting) return null
  const kinds = await factorKinds(store.pool, waiting.userId)
  const left = await countRecoveryCodes(store.pool, waiting.userId)
  return { code: kinds.has('totp'), passkey: kinds.has('passkey'), recoveryCode: left > 0 }
}

/** What is given in the second step. */
export type Given =
  | { way: 'code'; code: string }
  | { way: 'recovery code'; code: string }
  | { way: 'passkey'; assertion: Assertion }

/** Takes the second factor for a session that waits for it, and opens the real one. Throws `unauthenticated`, `limited` or `timeout`. */
export async function giveSecondFactor(door: Door, sessionId: string | null, given: Given): Promise<SignedIn> {
  const { store } = door
  const waiting = sessionId === null ? null : await findWaitingSession(store, sessionId)
  if (!waiting || sessionId === null) {
    throw new AppError('unauthenticated', 'This sign-in has waited too long. Begin it again.')
  }
  // Who knows the password must not use up the tries of the owner's own browser.
  const isKnown = isKnownDevice(door.secret, await findCredentialsOf(store, waiting.userId), door.device)
  const taken = await takeTry(store, {
    kind: 'second step',
    account: isKnown ? `known device of ${waiting.userId}` : waiting.userId,
    address: door.from.address,
    isKnown,
  })
  if (!taken.ok) throw tooManyTries(taken.waitSeconds)
  const sentence = await refusalOf(door, waiting.userId, sessionId, given)
  if (sentence !== null) {
    await recordRefused(store, waiting, door.from, given.way)
    throw new AppError('unauthenticated', sentence)
  }
  await markGood(store, taken.id)
  return enter(door, waiting, { sessionId, way: given.way })
}

/** Lets in by a passkey alone, which must have asked for a finger, a face or a PIN. Throws `unauthenticated`, or `limited` to who has shown many that are none. */
export async function enterByPasskey(door: Door, assertion: Assertion): Promise<SignedIn> {
  const { store, secret, from } = door
  const judged = await checkPasskey(store.pool, {
    assertion,
    userId: null,
    isChallenge: (challenge) => isChallenge(secret, entering, challenge, new Date()),
    mustVerifyUser: true,
    needsVouched: false,
  })
  if (!judged.ok) {
    await takeForNone(store, 'passkeys', from.address)
    throw new AppError('unauthenticated', judged.sentence)
  }
  if (await comesByProviderAlone(store.pool, judged.passkey.userId)) {
    throw new AppError(
      'unauthenticated',
      'Your company’s provider signs you in: begin with it, and give the passkey then.',
    )
  }
  return enter(door, judged.passkey, null)
}

/** What a passkey's challenge is for: to come in by it alone, or as the second step of a session. */
export const entering = 'enter'
export const secondStepOf = (sessionId: string) => `second step|${sessionId}`

async function refusalOf(door: Door, userId: string, sessionId: string, given: Given): Promise<string | null> {
  const { store, secret } = door
  switch (given.way) {
    case 'code':
      return checkCode(store, { userId, purpose: 'sign-in', subject: sessionId }, given.code)
    case 'recovery code': {
      const isGood = await inTransaction(store, (tx) => spendRecoveryCode(tx, userId, hashRecoveryCode(given.code)))
      return isGood ? null : 'This is none of your recovery codes, or it was used before.'
    }
    case 'passkey': {
      const judged = await checkPasskey(store.pool, {
        assertion: given.assertion,
        userId,
        isChallenge: (challenge) => isChallenge(secret, secondStepOf(sessionId), challenge, new Date()),
        mustVerifyUser: false,
        needsVouched: false,
      })
      return judged.ok ? null : judged.sentence
    }
  }
}

async function enter(
  { store, secret, from }: Door,
  { userId, email }: { userId: string; email: string },
  replaces: { sessionId: string; way: string } | null,
): Promise<SignedIn> {
  const credentials = await findCredentialsOf(store, userId)
  if (!credentials) throw new AppError('unauthenticated', 'This account is gone.')
  const person = { id: userId, email }
  const opening = { person, from, waitsForFactor: false, replaces, ...(replaces ? {} : { way: 'passkey' }) }
  return { sessionSecret: await openSession(store, opening), device: deviceProof(secret, credentials) }
}

async function recordRefused(
  store: Store,
  { userId, email }: { userId: string; email: string },
  { address }: SignInPlace,
  way: string,
): Promise<void> {
  await inTransaction(store, (tx) =>
    recordAudit(tx, {
      actor: { id: userId, name: email, kind: 'user' },
      action: 'session.secondStep',
      target: email,
      cluster: null,
      reason: null,
      outcome: 'refused',
      operationId: null,
      detail: { address, way },
    }),
  )
}
