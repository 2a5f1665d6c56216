import type { z } from 'zod'
import type { Scope } from '#domain/people/grant.ts'
import { actorOf } from '#server/auth/caller.ts'
import { withdrawMapping } from '#server/auth/oidc/group-rights.ts'
import { AppError } from '#server/errors.ts'
import { countAdministrators } from '#server/store/grants.ts'
import { findGroupMapping, insertGroupMapping, type GroupMappingRow } from '#server/store/group-mappings.ts'
import { notify } from '#server/store/notify.ts'
import { needCluster } from '../clusters/need.ts'
import type { newGroupMapping } from '../inputs/group-mapping.ts'
import type { CommandContext } from '../trpc.ts'

type Asked = z.output<typeof newGroupMapping>

/** Gives a right to a group of the provider; it counts from each person's next sign-in on. */
export async function mapGroup(ctx: CommandContext, { group, role, scope: asked }: Asked): Promise<GroupMappingRow> {
  const { act, caller } = ctx
  act.on({ target: group, cluster: null, reason: null, detail: { role, scope: asked } })
  const scope = await scopeOf(ctx, asked)
  return act.commit(async (tx) => {
    const mapping = await insertGroupMapping(tx, { group, role, scope, createdBy: actorOf(caller).name })
    if (!mapping) throw new AppError('conflict', `The group ${group} gives the role ${role} there already.`)
    await notify(tx, { kind: 'users' })
    return mapping
  })
}

/** Takes a right from a group, and at once from whoever had it by that. */
export async function unmapGroup({ act, services: { store } }: CommandContext, id: string): Promise<{ id: string }> {
  const mapping = await findGroupMapping(store.pool, id)
  if (!mapping) throw new AppError('not-found', 'There is no such mapping. Somebody may have removed it.')
  const { group, role, scope } = mapping
  act.on({ target: group, cluster: null, reason: null, detail: { role, scope } })
  await act.commit(async (tx) => {
    const before = await countAdministrators(tx)
    await withdrawMapping(tx, mapping)
    if (before > 0 && (await countAdministrators(tx)) === 0) {
      throw new AppError('refused', 'Without this group nobody would be administrator. Make somebody one first.')
    }
    await notify(tx, { kind: 'users' })
  })
  return { id }
}

async function scopeOf({ services: { store } }: CommandContext, asked: Asked['scope']): Promise<Scope> {
  if (asked.kind !== 'cluster') return asked
  return { kind: 'cluster', clusterId: (await needCluster(store, asked.cluster)).id }
}
