import type { GroupRight } from '#domain/oidc/group-mapping.ts'
import { roles, type Role } from '#domain/permission.ts'
import { replaceGroupGrants } from '#server/store/group-mappings.ts'
import type { Queryable } from '#server/store/queryable.ts'

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
  if (!isMadeHere) return true
  const { rows } = await tx.query(`select 1 from group_grant where user_id = $1 and scope = 'all' limit 1`, [userId])
  return rows.length > 0
}

function highestEverywhere(rights: readonly GroupRight[]): Role | null {
  const held = new Set(rights.filter(({ scope }) => scope.kind === 'all').map(({ role }) => role))
  return roles.findLast((role) => held.has(role)) ?? null
}
