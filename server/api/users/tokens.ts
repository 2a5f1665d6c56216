import type { Role } from '#domain/permission.ts'
import { actorOf } from '#server/auth/caller.ts'
import { makeToken } from '#server/auth/make-token.ts'
import { AppError } from '#server/errors.ts'
import { notify } from '#server/store/notify.ts'
import { findToken, revokeTokenRow } from '#server/store/tokens.ts'
import type { CommandContext } from '../trpc.ts'

/** Makes a token for the REST interface; its text is told once. */
export async function createToken(
  { act, caller }: CommandContext,
  wanted: { name: string; role: Role; expiresInDays: number | null },
): Promise<{ id: string; token: string }> {
  const { role, expiresInDays } = wanted
  act.on({ target: wanted.name, cluster: null, reason: null, detail: { role, expiresInDays } })
  return act.commit((tx) => makeToken(tx, { ...wanted, createdBy: actorOf(caller).name }))
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
