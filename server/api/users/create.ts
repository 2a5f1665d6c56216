import { grantText, type WrittenGrant } from '#domain/people/grant-text.ts'
import { hashPassword, makePassword } from '#server/auth/password.ts'
import { AppError } from '#server/errors.ts'
import { notify } from '#server/store/notify.ts'
import { endSessionsOf } from '#server/store/sessions.ts'
import { insertUser, updateUser, type UserRow } from '#server/store/users.ts'
import type { CommandContext } from '../trpc.ts'
import { needUser } from './need.ts'
import { resolveGrants } from './resolve-grants.ts'

/** A person with the password that is told once. */
export interface UserWithPassword {
  user: UserRow
  password: string
}

/** Adds a person with a random password; throws AppError `conflict` when the e-mail address is taken. */
export async function createUser(
  { act }: CommandContext,
  wanted: { email: string; name: string; grants: WrittenGrant[] },
): Promise<UserWithPassword> {
  const { email, name } = wanted
  const subject = { target: email, cluster: null, reason: null }
  act.on({ ...subject, detail: { name } })
  const password = makePassword()
  const passwordHash = await hashPassword(password)
  const user = await act.commit(async (tx) => {
    const grants = await resolveGrants(tx, wanted.grants)
    act.on({ ...subject, detail: { name, grants: grants.map((grant) => grantText(grant)) } })
    const inserted = await insertUser(tx, { email, name, grants, passwordHash, grantedBy: act.actor.name })
    if (inserted) return inserted
    const sentence = `${email} is here already. Change that person's rights, or reset the password.`
    throw new AppError('conflict', sentence, { fields: [{ field: 'email', sentence }] })
  })
  return { user, password }
}

/** Gives a person a new random password and ends all of their sessions. */
export async function resetPassword(
  { act, services: { store } }: CommandContext,
  id: string,
): Promise<{ password: string }> {
  const user = await needUser(store.pool, id)
  act.on({ target: user.email, cluster: null, reason: null })
  const password = makePassword()
  const passwordHash = await hashPassword(password)
  await act.commit(async (tx) => {
    await updateUser(tx, id, { passwordHash })
    await endSessionsOf(tx, id, null)
    await notify(tx, { kind: 'users' })
  })
  return { password }
}
