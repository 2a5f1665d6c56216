import type { Role } from '#domain/permission.ts'
import type { Store } from './open.ts'
import type { Queryable } from './queryable.ts'

/** A token as administrators see it; the store has only its hash. */
export interface TokenRow {
  id: string
  name: string
  role: Role
  createdBy: string
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
  revokedAt: Date | null
}

/** Every token ever made, newest first. */
export async function listTokens(store: Store): Promise<TokenRow[]> {
  const { rows } = await store.pool.query<TokenRow>(`${selectToken} order by created_at desc, id`)
  return rows
}

/** The token with this id; null when there is none. */
export async function findToken(db: Queryable, id: string): Promise<TokenRow | null> {
  const { rows } = await db.query<TokenRow>(`${selectToken} where id = $1`, [id])
  return rows[0] ?? null
}

/** Keeps a new token; null when its name is taken. */
export async function insertToken(
  tx: Queryable,
  token: { name: string; role: Role; hash: string; createdBy: string; expiresInDays: number | null },
): Promise<TokenRow | null> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into api_token (name, token_hash, role, created_by, expires_at)
     values ($1, $2, $3, $4, now() + make_interval(days => $5))
     on conflict (name) do nothing returning id`,
    [token.name, token.hash, token.role, token.createdBy, token.expiresInDays],
  )
  const id = rows[0]?.id
  return id === undefined ? null : findToken(tx, id)
}

/** Revokes a token for good; false when it was not valid any more. */
export async function revokeTokenRow(tx: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('update api_token set revoked_at = now() where id = $1 and revoked_at is null', [
    id,
  ])
  return (rowCount ?? 0) > 0
}

/** The valid token with this hash; null when it is unknown, revoked or past its end. */
export async function findValidToken(
  store: Store,
  hash: string,
): Promise<{ id: string; name: string; role: Role } | null> {
  const { rows } = await store.pool.query<ValidToken>(
    `select id, name, role, coalesce(last_used_at < now() - interval '1 minute', true) as "isDue" from api_token
      where token_hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())`,
    [hash],
  )
  const found = rows[0]
  if (!found) return null
  if (found.isDue) await store.pool.query('update api_token set last_used_at = now() where id = $1', [found.id])
  return { id: found.id, name: found.name, role: found.role }
}

interface ValidToken {
  id: string
  name: string
  role: Role
  isDue: boolean
}

const selectToken = `
  select id, name, role, created_by as "createdBy", created_at as "createdAt", expires_at as "expiresAt",
         last_used_at as "lastUsedAt", revoked_at as "revokedAt"
    from api_token`
