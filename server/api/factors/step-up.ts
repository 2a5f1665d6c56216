import type { Assertion } from '#domain/people/proof.ts'
import { checkCode } from '#server/auth/check-code.ts'
import { isPassword } from '#server/auth/password.ts'
import { tooManyTries } from '#server/auth/too-many-tries.ts'
import { AppError } from '#server/errors.ts'
import { isChallenge } from '#server/factors/challenge.ts'
import { checkPasskey } from '#server/factors/check-passkey.ts'
import { factorKinds } from '#server/store/factors/factors.ts'
import { noteStepUp } from '#server/store/sessions.ts'
import { markGood, takeTry } from '#server/store/sign-in-attempts.ts'
import { findCredentialsOf } from '#server/store/users.ts'
import type { CommandContext } from '../trpc.ts'
import { needPerson, type Person } from '../users/person.ts'
import { steppingUp } from './passkey-options.ts'

/** What a person shows to be let do a dangerous act. */
export type StepUp =
  | { way: 'code'; code: string }
  | { way: 'passkey'; assertion: Assertion }
  /** Only of who has no factor. */
  | { way: 'password'; password: string }

/** Notes that the person has just shown who they are; throws AppError `invalid` with the field where it is wrong. */
export async function stepUp(ctx: CommandContext, given: StepUp): Promise<{ isSteppedUp: true }> {
  const { act, caller, services } = ctx
  const person = needPerson(caller)
  act.on({ target: person.email, cluster: null, reason: null, detail: { way: given.way } })
  const taken = await takeTry(services.store, {
    kind: 'step-up',
    account: person.id,
    address: `session ${person.sessionId}`,
  })
  if (!taken.ok) throw tooManyTries(taken.waitSeconds)
  const sentence = await refusalOf(ctx, person, given)
  if (sentence !== null) throw new AppError('invalid', sentence, { fields: [{ field: given.way, sentence }] })
  await markGood(services.store, taken.id)
  await act.commit((tx) => noteStepUp(tx, person.sessionId))
  return { isSteppedUp: true }
}

async function refusalOf(
  { services: { store, secret } }: CommandContext,
  person: Person,
  given: StepUp,
): Promise<string | null> {
  switch (given.way) {
    case 'code':
      return checkCode(store, { userId: person.id, purpose: 'step-up', subject: person.sessionId }, given.code)
    case 'passkey': {
      const judged = await checkPasskey(store.pool, {
        assertion: given.assertion,
        userId: person.id,
        isChallenge: (challenge) => isChallenge(secret, steppingUp(person), challenge, new Date()),
        mustVerifyUser: false,
        needsVouched: false,
      })
      return judged.ok ? null : judged.sentence
    }
    case 'password': {
      if ((await factorKinds(store.pool, person.id)).size > 0) {
        return 'You have a second factor: the password alone is not enough.'
      }
      const credentials = await findCredentialsOf(store, person.id)
      const isRight = await isPassword(credentials?.passwordHash ?? null, given.password, { isFirst: true })
      return isRight ? null : 'This is not your password.'
    }
  }
}
