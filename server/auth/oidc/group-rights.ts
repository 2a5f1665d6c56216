import type { GroupRight } from '#domain/oidc/group-mapping.ts'
import { roles, type Role } from '#domain/permission.ts'
import { deleteGroupMapping, grantsOf, replaceGroupGrants, type GroupMappingRow } from '#server/store/group-mappings.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { endSessionsOf } from '#server/store/sessions.ts'

interface Holder {
  userId: string
  /** True = the person came by the provider: nothing was given to them by hand. */
  isMadeHere: boolean
}

/** Leaves a person with the rights of their present groups, beside what was given to them by hand. */
export async function applyGroupRights(tx: Queryable, holder: Holder, rights: readonly GroupRight[]): Promise<void> {
  await replaceGroupGrants(tx, holder.userId, rights)
  const role = highestEverywhere(rights)
  if (holder.isMadeHere && role !== null) {
    await tx.query('update app_user set role = $2 where id = $1', [holder.userId, role])
  }
}

/** True when the person holds any right by which to come in. */
export async function canEnter(tx: Queryable, { userId, isMadeHere }: Holder): Promise<boolean> {
  return !isMadeHere || highestEverywhere(await grantsOf(tx, userId)) !== null
}

/** Removes a mapping, and at once what people had by it; whoever is left without any right has no session either. */
export async function withdrawMapping(tx: Queryable, mapping: GroupMappingRow): Promise<void> {
  await deleteGroupMapping(tx, mapping.id)
  const { rows } = await tx.query<{ userId: string; isMadeHere: boolean }>(
    `with gone as (
       delete from group_grant g using app_user u
        where u.id = g.user_id and g.group_name = $1 and g.role = $2 and g.scope = $3
          and g.cluster_id is not distinct from $4::uuid and g.label is not distinct from $5
        returning g.user_id
     )
     select user_id as "userId", ${isMadeHere('gone.user_id')} as "isMadeHere" from gone`,
    [mapping.group, mapping.role, ...columns(mapping)],
  )
  for (const holder of rows) {
    await applyGroupRights(tx, holder, await grantsOf(tx, holder.userId))
    if (!(await canEnter(tx, holder))) await endSessionsOf(tx, holder.userId, null)
  }
}

/** Takes from a person all that their groups gave; whoever came by them alone has no session any more. */
export async function forgetGroupRights(tx: Queryable, userId: string): Promise<void> {
  const { rows } = await tx.query<{ isMadeHere: boolean }>(`select ${isMadeHere('$1::uuid')} as "isMadeHere"`, [userId])
  await replaceGroupGrants(tx, userId, [])
  if (rows[0]?.isMadeHere === true) await endSessionsOf(tx, userId, null)
}

function isMadeHere(userId: string): string {
  return `exists (select 1 from identity i where i.user_id = ${userId} and i.linked_by is null)`
}

function columns({ scope }: GroupRight): [string, string | null, string | null] {
  const clusterId = scope.kind === 'cluster' ? scope.clusterId : null
  return [scope.kind, clusterId, scope.kind === 'label' ? scope.label : null]
}

function highestEverywhere(rights: readonly GroupRight[]): Role | null {
  const held = new Set(rights.filter(({ scope }) => scope.kind === 'all').map(({ role }) => role))
  return roles.findLast((role) => held.has(role)) ?? null
}
