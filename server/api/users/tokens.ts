import type { Grant } from '#domain/people/grant.ts'
import { grantText, type WrittenGrant } from '#domain/people/grant-text.ts'
import { meetGrants } from '#domain/people/meet-grants.ts'
import { rightsRestSentence } from '#domain/people/rights-rest.ts'
import { isSameGrant } from '#domain/people/grant.ts'
import { actorOf, type Caller } from '#server/auth/caller.ts'
import { makeToken } from '#server/auth/make-token.ts'
import { AppError } from '#server/errors.ts'
import { notify } from '#server/store/notify.ts'
import { findToken, revokeTokenRow } from '#server/store/tokens.ts'
import type { CommandContext } from '../trpc.ts'
import { resolveGrants } from './resolve-grants.ts'

/** Makes a token for the REST interface; its text is told once. Throws AppError `refused` for more than the maker may. */
export async function createToken(
  { act, caller }: CommandContext,
  wanted: { name: string; grants: WrittenGrant[]; expiresInDays: number | null },
): Promise<{ id: string; token: string }> {
  const { name, expiresInDays } = wanted
  const subject = { target: name, cluster: null, reason: null }
  act.on({ ...subject, detail: { expiresInDays } })
  return act.commit(async (tx) => {
    const grants = await resolveGrants(tx, wanted.grants)
    act.on({ ...subject, detail: { grants: grants.map((grant) => grantText(grant)), expiresInDays } })
    refuseMore(caller, grants)
    const ownerId = caller.kind === 'user' ? caller.id : caller.ownerId
    return makeToken(tx, { name, grants, expiresInDays, ownerId, createdBy: actorOf(caller).name })
  })
}

/** Revokes a token for good. */
export async function revokeToken({ act, services: { store } }: CommandContext, id: string): Promise<{ id: string }> {
  const token = await findToken(store.pool, id)
  if (!token) throw new AppError('not-found', 'There is no such token.')
  act.on({ target: token.name, cluster: null, reason: null })
  await act.commit(async (tx) => {
    if (!(await revokeTokenRow(tx, id))) throw new AppError('conflict', `${token.name} has been revoked before.`)
    await notify(tx, { kind: 'users' })
  })
  return { id }
}

function refuseMore({ kind, name, grants: held, rightsRest }: Caller, wanted: readonly Grant[]): void {
  const more = wanted.find((grant) => !meetGrants([grant], held).some((met) => isSameGrant(met, grant)))
  if (!more) return
  const sentence = `${grantText(more)} is more than ${name} may.${rightsRest ? ` ${rightsRestSentence(kind)}` : ''}`
  throw new AppError('refused', sentence, { fields: [{ field: 'grants', sentence }] })
}
