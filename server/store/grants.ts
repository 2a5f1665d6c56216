import type { Grant } from '#domain/grant.ts'
import type { Role } from '#domain/permission.ts'
import type { Queryable } from './queryable.ts'

/** A grant of a person as it is listed. */
export interface GrantRow extends Grant {
  /** Name of the cluster it is for; null where it is for none. */
  cluster: string | null
  grantedBy: string
  grantedAt: Date
}

/** What the store tells of a grant, for `grantOf`. */
export interface StoredGrant {
  role: Role
  scope: 'all' | 'cluster' | 'label'
  cluster_id: string | null
  label: string | null
}

/** The grants of the person whose id `of` names in the statement around it, as JSON for `grantsOf`. */
export function grantsSql(of: string): string {
  return jsonOf('app_grant', `g.user_id = ${of}`)
}

/** The same of a token. */
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
      where u.id <> $1 and u.disabled_at is null and u.password_hash is not null
        and exists (select from app_grant g where g.user_id = u.id and g.role = 'admin' and g.scope = 'all')`,
    [id],
  )
  return rows[0]?.count ?? 0
}

function jsonOf(table: string, condition: string): string {
  return `(select coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'scope', g.scope, 'cluster_id', g.cluster_id,
    'label', g.label) order by g.scope, g.role, g.label, g.cluster_id), '[]') from ${table} g where ${condition})`
}

function columnsOf({ role, scope }: Grant): [string, string, string | null, string | null] {
  const clusterId = scope.kind === 'cluster' ? scope.clusterId : null
  return [role, scope.kind, clusterId, scope.kind === 'label' ? scope.label : null]
}
