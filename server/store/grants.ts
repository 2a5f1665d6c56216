import type { Grant } from '#domain/people/grant.ts'
import type { Role } from '#domain/people/permission.ts'
import type { Queryable } from './queryable.ts'

/** A grant of a person as it is listed. */
export interface GrantRow extends Grant {
  /** Name of the cluster it is for; null where it is for none. */
  cluster: string | null
  /** The group of the provider that gives it; null where somebody gave it by hand, and can take it away so. */
  group: string | null
  grantedBy: string
  grantedAt: Date
  /** A group gives it, and the provider has not confirmed that lately: it counts for nothing until the person signs in there again. */
  rests: boolean
}

/** What the store tells of a grant, for `grantOf`. */
export interface StoredGrant {
  role: Role
  scope: 'all' | 'cluster' | 'label'
  cluster_id: string | null
  label: string | null
}

/** Every right that people hold, given by hand or by the groups that they had at their last sign-in with the provider, where that is not too long ago. */
export const personGrants = `(select user_id, role, scope, cluster_id, label from app_grant
  union select user_id, role, scope, cluster_id, label from group_grant where good_until > now())`

const allGrants = `(select user_id, role, scope, cluster_id, label from app_grant
  union select user_id, role, scope, cluster_id, label from group_grant)`

/** True in a statement where the person whose id `of` names can come in: with a password, or with the provider. */
export function hasWayInSql(of: string): string {
  return `exists (select from app_user w where w.id = ${of} and (w.password_hash is not null
    or exists (select from identity i where i.user_id = w.id)))`
}

/** The grants of the person whose id `of` names in the statement around it, as JSON for `grantsOf`. */
export function grantsSql(of: string): string {
  return jsonOf(personGrants, `g.user_id = ${of}`)
}

/** The same with those that rest until the person signs in with the provider again. */
export function allGrantsSql(of: string): string {
  return jsonOf(allGrants, `g.user_id = ${of}`)
}

/** True in a statement where a right that groups gave the person rests. */
export function rightsRestSql(of: string): string {
  return `exists (select from group_grant r where r.user_id = ${of} and r.good_until <= now())`
}

/** The grants of a token in the same way. */
export function tokenGrantsSql(of: string): string {
  return jsonOf('api_token_grant', `g.token_id = ${of}`)
}

/** The grants that such a part of a statement told. */
export function grantsOf(stored: readonly StoredGrant[]): Grant[] {
  return stored.flatMap(({ role, scope, cluster_id: clusterId, label }): Grant[] => {
    if (scope === 'all') return [{ role, scope: { kind: 'all' } }]
    if (scope === 'cluster') return clusterId === null ? [] : [{ role, scope: { kind: 'cluster', clusterId } }]
    return label === null ? [] : [{ role, scope: { kind: 'label', label } }]
  })
}

/** Grants people a right; false where they hold it already. */
export async function insertGrant(tx: Queryable, userId: string, grant: Grant, grantedBy: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into app_grant (user_id, role, scope, cluster_id, label, granted_by) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing`,
    [userId, ...columnsOf(grant), grantedBy],
  )
  return rowCount === 1
}

/** Takes a right away; false where it was not held. */
export async function deleteGrant(tx: Queryable, userId: string, grant: Grant): Promise<boolean> {
  const { rowCount } = await tx.query(
    `delete from app_grant
      where user_id = $1 and role = $2 and scope = $3 and cluster_id is not distinct from $4 and label is not distinct from $5`,
    [userId, ...columnsOf(grant)],
  )
  return rowCount === 1
}

/** Gives a new token its rights. */
export async function insertTokenGrants(tx: Queryable, tokenId: string, grants: readonly Grant[]): Promise<void> {
  for (const grant of grants)
    await tx.query(
      `insert into api_token_grant (token_id, role, scope, cluster_id, label) values ($1, $2, $3, $4, $5)
       on conflict do nothing`,
      [tokenId, ...columnsOf(grant)],
    )
}

/** Enabled administrators of everything other than this person who can come in; two that take each other's right wait for one another here. */
export async function countOtherAdministrators(tx: Queryable, id: string): Promise<number> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('matriarch administrators'))`)
  const { rows } = await tx.query<{ count: number }>(
    `select count(*)::int as count from app_user u
      where u.id <> $1 and u.disabled_at is null and ${hasWayInSql('u.id')}
        and exists (select from ${personGrants} g where g.user_id = u.id and g.role = 'admin' and g.scope = 'all')`,
    [id],
  )
  return rows[0]?.count ?? 0
}

/** Enabled administrators of everything who can come in. */
export function countAdministrators(tx: Queryable): Promise<number> {
  return countOtherAdministrators(tx, nobody)
}

const nobody = '00000000-0000-0000-0000-000000000000'

function jsonOf(from: string, condition: string): string {
  return `(select coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'scope', g.scope, 'cluster_id', g.cluster_id,
    'label', g.label) order by g.scope, g.role, g.label, g.cluster_id), '[]') from ${from} g where ${condition})`
}

function columnsOf({ role, scope }: Grant): [string, string, string | null, string | null] {
  const clusterId = scope.kind === 'cluster' ? scope.clusterId : null
  return [role, scope.kind, clusterId, scope.kind === 'label' ? scope.label : null]
}
