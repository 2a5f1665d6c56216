import type { Scope } from '#domain/people/grant.ts'
import type { GroupRight } from '#domain/people/oidc/group-mapping.ts'
import type { Role } from '#domain/people/permission.ts'
import type { Queryable } from './queryable.ts'

/** What a group gives, as administrators see it. */
export interface GroupMappingRow extends GroupRight {
  id: string
  /** Of a right on one cluster. */
  clusterName: string | null
  createdBy: string
  createdAt: Date
}

/** Every mapping, by group. */
export async function listGroupMappings(on: Queryable): Promise<GroupMappingRow[]> {
  const { rows } = await on.query<MappingLine>(`${select} order by m.group_name, m.role, m.scope, c.name, m.label`)
  return rows.map(shown)
}

/** The mapping with this id; null when there is none. */
export async function findGroupMapping(on: Queryable, id: string): Promise<GroupMappingRow | null> {
  const { rows } = await on.query<MappingLine>(`${select} where m.id = $1`, [id])
  return rows[0] ? shown(rows[0]) : null
}

/** Adds a mapping; null when the group gives that already. */
export async function insertGroupMapping(
  tx: Queryable,
  { group, role, scope, createdBy }: GroupRight & { createdBy: string },
): Promise<GroupMappingRow | null> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into group_mapping (group_name, role, scope, cluster_id, label, created_by) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning id`,
    [group, role, ...columnsOf(scope), createdBy],
  )
  const id = rows[0]?.id
  return id === undefined ? null : findGroupMapping(tx, id)
}

/** Removes a mapping. */
export async function deleteGroupMapping(tx: Queryable, id: string): Promise<void> {
  await tx.query('delete from group_mapping where id = $1', [id])
}

/** Leaves a person with exactly these rights by their groups. */
export async function replaceGroupGrants(tx: Queryable, userId: string, rights: readonly GroupRight[]): Promise<void> {
  await tx.query('delete from group_grant where user_id = $1', [userId])
  for (const { group, role, scope } of rights) {
    await tx.query(
      'insert into group_grant (user_id, group_name, role, scope, cluster_id, label) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
      [userId, group, role, ...columnsOf(scope)],
    )
  }
}

/** Takes a right from all who have it by this group; who they were. */
export async function takeGroupGrant(tx: Queryable, { group, role, scope }: GroupRight): Promise<string[]> {
  const { rows } = await tx.query<{ userId: string }>(
    `delete from group_grant where group_name = $1 and role = $2 and scope = $3
        and cluster_id is not distinct from $4::uuid and label is not distinct from $5
      returning user_id as "userId"`,
    [group, role, ...columnsOf(scope)],
  )
  return rows.map(({ userId }) => userId)
}

interface MappingLine extends Omit<GroupMappingRow, 'scope'> {
  role: Role
  scope: Scope['kind']
  clusterId: string | null
  label: string | null
}

function shown({ scope: kind, clusterId, label, ...rest }: MappingLine): GroupMappingRow {
  return { ...rest, scope: scopeOf(kind, clusterId, label) }
}

function scopeOf(kind: Scope['kind'], clusterId: string | null, label: string | null): Scope {
  switch (kind) {
    case 'all':
      return { kind }
    case 'cluster':
      return { kind, clusterId: clusterId ?? '' }
    case 'label':
      return { kind, label: label ?? '' }
  }
}

function columnsOf(scope: Scope): [string, string | null, string | null] {
  const clusterId = scope.kind === 'cluster' ? scope.clusterId : null
  return [scope.kind, clusterId, scope.kind === 'label' ? scope.label : null]
}

const select = `
  select m.id, m.group_name as "group", m.role, m.scope, m.cluster_id as "clusterId", c.name as "clusterName", m.label,
         m.created_by as "createdBy", m.created_at as "createdAt"
    from group_mapping m left join cluster c on c.id = m.cluster_id`
