import { actorOf } from '#server/auth/caller.ts'
import { forgetGroupRights } from '#server/auth/oidc/group-rights.ts'
import { AppError } from '#server/errors.ts'
import {
  deleteIdentity,
  endProviderSessions,
  findIdentity,
  insertIdentity,
  type IdentityRow,
} from '#server/store/identities.ts'
import { countAdministrators } from '#server/store/grants.ts'
import { notify } from '#server/store/notify.ts'
import type { CommandContext } from '../trpc.ts'
import { needUser } from '../users/need.ts'

/** Links a person to a subject of the provider, on purpose: from then on they may sign in with it. */
export async function linkIdentity(
  { act, caller, services: { store, oidc } }: CommandContext,
  { userId, subject }: { userId: string; subject: string },
): Promise<IdentityRow> {
  const person = await needUser(store.pool, userId)
  if (!oidc) throw new AppError('refused', 'This console is not started with a provider of sign-ins.')
  const { issuer } = oidc.settings
  act.on({ target: person.email, cluster: null, reason: null, detail: { issuer, subject } })
  return act.commit(async (tx) => {
    const linkedBy = actorOf(caller).name
    const id = await insertIdentity(tx, { issuer, subject, userId, email: null, linkedBy })
    const identity = id === null ? null : await findIdentity(tx, id)
    if (identity) {
      await notify(tx, { kind: 'users' })
      return identity
    }
    const sentence = 'This subject is linked to somebody already. Unlink it there first.'
    throw new AppError('conflict', sentence, { fields: [{ field: 'subject', sentence }] })
  })
}

/** Takes an identity from its person: sessions that began with it end, and what its groups gave is lost. */
export async function unlinkIdentity(
  { act, services: { store } }: CommandContext,
  id: string,
): Promise<{ id: string }> {
  const identity = await findIdentity(store.pool, id)
  if (!identity) throw new AppError('not-found', 'There is no such identity. Somebody may have unlinked it.')
  const { userId, userEmail, issuer, subject } = identity
  act.on({ target: userEmail, cluster: null, reason: null, detail: { issuer, subject } })
  await act.commit(async (tx) => {
    const before = await countAdministrators(tx)
    await endProviderSessions(tx, { issuer, subject, providerSession: null })
    await forgetGroupRights(tx, userId)
    await deleteIdentity(tx, id)
    if (before > 0 && (await countAdministrators(tx)) === 0) {
      throw new AppError('refused', `${userEmail} is the only administrator. Make somebody else one first.`)
    }
    await notify(tx, { kind: 'users' })
  })
  return { id }
}
