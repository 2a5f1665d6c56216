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

/** Leaves a person with exactly these rights by their groups, which rest after so many days. */
export async function replaceGroupGrants(
  tx: Queryable,
  userId: string,
  rights: readonly GroupRight[],
  goodForDays: number,
): Promise<void> {
  await deleteGroupGrants(tx, userId)
  for (const { group, role, scope } of rights) {
    await tx.query(
      `insert into group_grant (user_id, group_name, role, scope, cluster_id, label, good_until)
       values ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7)) on conflict do nothing`,
      [userId, group, role, ...columnsOf(scope), goodForDays],
    )
  }
}

/** Takes from a person all that their groups gave. */
export async function deleteGroupGrants(tx: Queryable, userId: string): Promise<void> {
  await tx.query('delete from group_grant where user_id = $1', [userId])
}

/** Lets all that groups gave a provider's subject rest until they sign in there again; whose it was, or null where nothing counted. */
export async function restGroupGrants(
  tx: Queryable,
  { issuer, subject }: { issuer: string; subject: string },
): Promise<{ userId: string; email: string } | null> {
  const { rows } = await tx.query<{ userId: string; email: string }>(
    `update group_grant g set good_until = now() from identity i join app_user u on u.id = i.user_id
      where i.issuer = $1 and i.subject = $2 and g.user_id = i.user_id and g.good_until > now()
      returning u.id as "userId", u.email`,
    [issuer, subject],
  )
  return rows[0] ?? null
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
