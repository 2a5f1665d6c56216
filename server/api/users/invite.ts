import { grantText, type WrittenGrant } from '#domain/people/grant-text.ts'
import { hashSecretText, makeSecretText } from '#server/auth/secret-text.ts'
import { AppError } from '#server/errors.ts'
import { insertInvitation } from '#server/store/invitations.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { insertUser, type UserRow } from '#server/store/users.ts'
import type { Services } from '../context.ts'
import type { CommandContext } from '../trpc.ts'
import { needUser } from './need.ts'
import { resolveGrants } from './resolve-grants.ts'

/** An invited person with the way in that is told once. */
export interface InvitedPerson {
  user: UserRow
  /** What the link holds after its `#`: the browser sends it to nobody by itself. */
  token: string
  /** The link whole. */
  link: string
  expiresAt: Date
}

/** Invites somebody by a link that is good once. Throws AppError `conflict` for an e-mail address that is here. */
export async function inviteUser(
  { act, services }: CommandContext,
  wanted: { email: string; name: string; grants: WrittenGrant[] },
): Promise<InvitedPerson> {
  const { email, name } = wanted
  const token = makeSecretText()
  const subject = { target: email, cluster: null, reason: null }
  act.on({ ...subject, detail: { name } })
  const made = await act.commit(async (tx) => {
    const grants = await resolveGrants(tx, wanted.grants)
    act.on({ ...subject, detail: { name, grants: grants.map((grant) => grantText(grant)) } })
    const user = await insertUser(tx, { email, name, grants, passwordHash: null, grantedBy: act.actor.name })
    if (!user) throw isHere(email)
    return openTo(tx, user, { token, createdBy: act.actor.name })
  })
  return { ...made, token, link: linkWith(services, token) }
}

/** Makes a new link for somebody who has not come yet; that of before is good for nothing any more. Throws AppError `refused` for whoever has. */
export async function inviteAgain({ act, services }: CommandContext, id: string): Promise<InvitedPerson> {
  const token = makeSecretText()
  act.on({ target: id, cluster: null, reason: null })
  const made = await act.commit(async (tx) => {
    const user = await needUser(tx, id)
    act.on({ target: user.email, cluster: null, reason: null })
    if (user.hasJoined) throw new AppError('refused', `${user.name} has come already. Reset the password instead.`)
    if (user.disabledAt !== null) throw new AppError('refused', `${user.name} is disabled. Let them in again first.`)
    return openTo(tx, user, { token, createdBy: act.actor.name })
  })
  return { ...made, token, link: linkWith(services, token) }
}

async function openTo(tx: Queryable, { id }: UserRow, { token, createdBy }: { token: string; createdBy: string }) {
  const expiresAt = await insertInvitation(tx, { userId: id, hash: hashSecretText(token), createdBy })
  return { user: await needUser(tx, id), expiresAt }
}

function linkWith({ origins }: Services, token: string): string {
  return `${origins[0] ?? ''}/invitation#${token}`
}

function isHere(email: string): AppError {
  const sentence = `${email} is here already. Change that person's rights, or reset the password.`
  return new AppError('conflict', sentence, { fields: [{ field: 'email', sentence }] })
}
