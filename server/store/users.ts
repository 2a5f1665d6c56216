import type { Role } from '#domain/permission.ts'
import type { Store } from './open.ts'
import type { Queryable } from './queryable.ts'

/** A person who may sign in, as administrators see them. */
export interface UserRow {
  id: string
  email: string
  name: string
  role: Role
  createdAt: Date
  disabledAt: Date | null
  /** When any session of theirs was last used; null = none is kept. */
  lastSeenAt: Date | null
}

/** Everybody, by name. */
export async function listUsers(store: Store): Promise<UserRow[]> {
  const { rows } = await store.pool.query<UserRow>(`${selectUser} group by u.id order by lower(u.name), u.email`)
  return rows
}

/** The person with this id; null when there is none. */
export async function findUser(db: Queryable, id: string): Promise<UserRow | null> {
  const { rows } = await db.query<UserRow>(`${selectUser} where u.id = $1 group by u.id`, [id])
  return rows[0] ?? null
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
  role: Role
  passwordHash: string
  disabledAt: Date | null
}

/** Adds a person; null when the e-mail address is taken. */
export async function insertUser(
  tx: Queryable,
  user: { email: string; name: string; role: Role; passwordHash: string },
): Promise<UserRow | null> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into app_user (email, name, role, password_hash) values ($1, $2, $3, $4)
     on conflict (email) do nothing returning id`,
    [user.email, user.name, user.role, user.passwordHash],
  )
  const id = rows[0]?.id
  return id === undefined ? null : findUser(tx, id)
}

/** Changes what is given, keeps the rest. */
export async function updateUser(
  tx: Queryable,
  id: string,
  change: { name?: string; role?: Role; disabled?: boolean; passwordHash?: string },
): Promise<void> {
  await tx.query(
    `update app_user set
       name = coalesce($2, name),
       role = coalesce($3, role),
       password_hash = coalesce($4, password_hash),
       disabled_at = case when $5::boolean is null then disabled_at
                          when $5 then coalesce(disabled_at, now()) end
     where id = $1`,
    [id, change.name ?? null, change.role ?? null, change.passwordHash ?? null, change.disabled ?? null],
  )
}

/** Enabled administrators other than this person; locks them, so that two cannot take each other's right at once. */
export async function countOtherAdministrators(tx: Queryable, id: string): Promise<number> {
  const { rows } = await tx.query<{ id: string }>(
    `select id from app_user where role = 'admin' and disabled_at is null order by id for update`,
  )
  return rows.filter((row) => row.id !== id).length
}

const selectUser = `
  select u.id, u.email, u.name, u.role, u.created_at as "createdAt", u.disabled_at as "disabledAt",
         max(s.last_seen_at) as "lastSeenAt"
    from app_user u left join app_session s on s.user_id = u.id`

const selectCredentials = `
  select id, email, name, role, password_hash as "passwordHash", disabled_at as "disabledAt" from app_user`
