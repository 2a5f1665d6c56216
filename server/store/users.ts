import type { Grant } from '#domain/people/grant.ts'
import { grantsOf, hasWayInSql, insertGrant, type GrantRow, type StoredGrant } from './grants.ts'
import type { Store } from './open.ts'
import type { Queryable } from './queryable.ts'

/** A person who may sign in, as administrators see them. */
export interface UserRow {
  id: string
  email: string
  name: string
  grants: GrantRow[]
  createdAt: Date
  disabledAt: Date | null
  /** An invited person who has not come yet may until then; null = they have come, or no link is good any more. */
  invitationEndsAt: Date | null
  /** False while there is no way in: neither a password, which an invited person chooses, nor an identity at the provider. */
  hasJoined: boolean
  /** When any session of theirs was last used; null = none is kept. */
  lastSeenAt: Date | null
}

/** Everybody, by name. */
export async function listUsers(store: Store): Promise<UserRow[]> {
  const { rows } = await store.pool.query<StoredUser>(`${selectUser} group by u.id order by lower(u.name), u.email`)
  return rows.map(userOf)
}

/** The person with this id; null when there is none. */
export async function findUser(db: Queryable, id: string): Promise<UserRow | null> {
  const { rows } = await db.query<StoredUser>(`${selectUser} where u.id = $1 group by u.id`, [id])
  return rows[0] ? userOf(rows[0]) : null
}

/** What a sign-in is checked against, by e-mail address in lower case; null when there is nobody. */
export async function findCredentials(store: Store, email: string): Promise<Credentials | null> {
  const { rows } = await store.pool.query<Credentials>(`${selectCredentials} where email = $1`, [email])
  return rows[0] ?? null
}

/** The same by id, as a change of password needs it. */
export async function findCredentialsOf(store: Store, id: string): Promise<Credentials | null> {
  const { rows } = await store.pool.query<Credentials>(`${selectCredentials} where id = $1`, [id])
  return rows[0] ?? null
}

export interface Credentials {
  id: string
  email: string
  name: string
  /** Null until an invited person has chosen a password, and for who comes by the provider alone. */
  passwordHash: string | null
  disabledAt: Date | null
}

/** Adds a person; null when the e-mail address is taken. */
export async function insertUser(
  tx: Queryable,
  user: { email: string; name: string; grants: readonly Grant[]; passwordHash: string | null; grantedBy: string },
): Promise<UserRow | null> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into app_user (email, name, password_hash) values ($1, $2, $3)
     on conflict (email) do nothing returning id`,
    [user.email, user.name, user.passwordHash],
  )
  const id = rows[0]?.id
  if (id === undefined) return null
  for (const grant of user.grants) await insertGrant(tx, id, grant, user.grantedBy)
  return findUser(tx, id)
}

/** Changes what is given, keeps the rest. */
export async function updateUser(
  tx: Queryable,
  id: string,
  change: { name?: string; disabled?: boolean; passwordHash?: string },
): Promise<void> {
  await tx.query(
    `update app_user set
       name = coalesce($2, name),
       password_hash = coalesce($3, password_hash),
       disabled_at = case when $4::boolean is null then disabled_at
                          when $4 then coalesce(disabled_at, now()) end
     where id = $1`,
    [id, change.name ?? null, change.passwordHash ?? null, change.disabled ?? null],
  )
}

interface StoredUser extends Omit<UserRow, 'grants'> {
  grants: (StoredGrant & {
    cluster: string | null
    group: string | null
    granted_by: string
    granted_at: string
    rests: boolean
  })[]
}

function userOf({ grants, ...user }: StoredUser): UserRow {
  const rows = grants.flatMap((stored) =>
    grantsOf([stored]).map((grant) => ({
      ...grant,
      cluster: stored.cluster,
      group: stored.group,
      grantedBy: stored.granted_by,
      grantedAt: new Date(stored.granted_at),
      rests: stored.rests,
    })),
  )
  return { ...user, grants: rows }
}

const selectUser = `
  select u.id, u.email, u.name, u.created_at as "createdAt", u.disabled_at as "disabledAt",
         ${hasWayInSql('u.id')} as "hasJoined", max(s.last_seen_at) as "lastSeenAt",
         (select max(i.expires_at) from invitation i
           where i.user_id = u.id and i.used_at is null and i.expires_at > now()
             and u.password_hash is null and u.disabled_at is null) as "invitationEndsAt",
         (select coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'scope', g.scope, 'cluster_id', g.cluster_id,
                   'label', g.label, 'cluster', c.name, 'group', g.group_name, 'granted_by', g.granted_by, 'granted_at', g.granted_at,
                   'rests', g.rests)
                   order by g.scope, g.role, c.name, g.label, g.group_name nulls first), '[]')
            from (select user_id, role, scope, cluster_id, label, null as group_name, granted_by, granted_at, false as rests from app_grant
                  union all select user_id, role, scope, cluster_id, label, group_name, 'group ' || group_name, granted_at, good_until <= now()
                    from group_grant) g left join cluster c on c.id = g.cluster_id where g.user_id = u.id) as grants
    from app_user u left join app_session s on s.user_id = u.id`

const selectCredentials = `
  select id, email, name, password_hash as "passwordHash", disabled_at as "disabledAt" from app_user`
