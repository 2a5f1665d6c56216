import { hashPassword, isPassword } from '#server/auth/password.ts'
import { tooManyTries } from '#server/auth/too-many-tries.ts'
import { AppError } from '#server/errors.ts'
import { notify } from '#server/store/notify.ts'
import { endSessionsOf } from '#server/store/sessions.ts'
import { markGood, takeTry } from '#server/store/sign-in-attempts.ts'
import { findCredentialsOf, updateUser } from '#server/store/users.ts'
import type { CommandContext } from '../trpc.ts'
import { needPerson } from './person.ts'

/** Changes one's own password, which ends every other session of the person. */
export async function changePassword(
  { act, caller, services: { store } }: CommandContext,
  { current, next }: { current: string; next: string },
): Promise<{ endedSessions: number }> {
  const person = needPerson(caller)
  act.on({ target: person.email, cluster: null, reason: null })
  // Whoever sits at somebody else's open session must not guess on.
  const taken = await takeTry(store, {
    kind: 'own password',
    account: person.id,
    address: `session ${person.sessionId}`,
  })
  if (!taken.ok) throw tooManyTries(taken.waitSeconds)
  const credentials = await findCredentialsOf(store, person.id)
  if (!(await isPassword(credentials?.passwordHash ?? null, current))) {
    refuseField('current', 'This is not your present password.')
  }
  if (next === current) refuseField('next', 'This is the password you have now.')
  if (holdsAddress(next, person.email)) {
    refuseField('next', 'It must not hold your e-mail address.')
  }
  await markGood(store, taken.id)
  const passwordHash = await hashPassword(next)
  const endedSessions = await act.commit(async (tx) => {
    await updateUser(tx, person.id, { passwordHash })
    const ended = await endSessionsOf(tx, person.id, person.sessionId)
    await notify(tx, { kind: 'users' })
    return ended
  })
  return { endedSessions }
}

/** True when a password holds an e-mail address, or what stands before its @ where that is long enough to be more than chance. */
export function holdsAddress(password: string, email: string): boolean {
  const [name = ''] = email.toLowerCase().split('@')
  const text = password.toLowerCase()
  return text.includes(email.toLowerCase()) || (name.length >= 5 && text.includes(name))
}

function refuseField(field: string, sentence: string): never {
  throw new AppError('invalid', sentence, { fields: [{ field, sentence }] })
}
