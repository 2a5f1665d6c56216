import type { Grant } from '#domain/people/grant.ts'
import { meetGrants } from '#domain/people/meet-grants.ts'
import { allGrantsSql, grantsOf, grantsSql, insertTokenGrants, tokenGrantsSql, type StoredGrant } from './grants.ts'
import type { Store } from './open.ts'
import type { Queryable } from './queryable.ts'

/** A token as administrators see it; the store has only its hash. */
export interface TokenRow {
  id: string
  name: string
  grants: TokenGrant[]
  createdBy: string
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
  revokedAt: Date | null
  /** Some of its rights rest until whoever made it signs in with the provider again. */
  rightsRest: boolean
}

/** Every token ever made, newest first. */
export async function listTokens(store: Store): Promise<TokenRow[]> {
  const { rows } = await store.pool.query<StoredToken>(`${selectToken} order by t.created_at desc, t.id`)
  return rows.map(tokenOf)
}

/** The token with this id; null when there is none. */
export async function findToken(db: Queryable, id: string): Promise<TokenRow | null> {
  const { rows } = await db.query<StoredToken>(`${selectToken} where t.id = $1`, [id])
  return rows[0] ? tokenOf(rows[0]) : null
}

/** Keeps a new token; null when its name is taken. */
export async function insertToken(
  tx: Queryable,
  token: {
    name: string
    grants: readonly Grant[]
    hash: string
    createdBy: string
    ownerId: string | null
    expiresInDays: number | null
  },
): Promise<TokenRow | null> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into api_token (name, token_hash, owner_id, created_by, expires_at)
     values ($1, $2, $3, $4, now() + make_interval(days => $5))
     on conflict (name) do nothing returning id`,
    [token.name, token.hash, token.ownerId, token.createdBy, token.expiresInDays],
  )
  const id = rows[0]?.id
  if (id === undefined) return null
  await insertTokenGrants(tx, id, token.grants)
  return findToken(tx, id)
}

/** Revokes a token for good; false when it was not valid any more. */
export async function revokeTokenRow(tx: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('update api_token set revoked_at = now() where id = $1 and revoked_at is null', [
    id,
  ])
  return (rowCount ?? 0) > 0
}

/** Revokes every token that a person made; returns how many. */
export async function revokeTokensOf(tx: Queryable, ownerId: string): Promise<number> {
  const { rowCount } = await tx.query(
    'update api_token set revoked_at = now() where owner_id = $1 and revoked_at is null',
    [ownerId],
  )
  return rowCount ?? 0
}

/** The names under which a person and the tokens that they made leave what they make. */
export async function namesOf(tx: Queryable, { id, email }: { id: string; email: string }): Promise<string[]> {
  // A token may be called by the address of somebody else, whose links are theirs.
  const { rows } = await tx.query<{ name: string }>(
    `select t.name from api_token t where t.owner_id = $1 and not exists (select from app_user u where u.email = lower(t.name))`,
    [id],
  )
  return [email, ...rows.map(({ name }) => name)]
}

/** The valid token with this hash and what it may do, never more than whoever made it; null when it is unknown, revoked, past its end or its maker is disabled. */
export async function findValidToken(
  store: Store,
  hash: string,
): Promise<{ id: string; name: string; ownerId: string | null; grants: Grant[]; rightsRest: boolean } | null> {
  const { rows } = await store.pool.query<ValidToken>(
    `select t.id, t.name, t.owner_id as "ownerId", ${tokenGrantsSql('t.id')} as grants, ${grantsSql('t.owner_id')} as bounds,
            ${allGrantsSql('t.owner_id')} as "allBounds", coalesce(t.last_used_at < now() - interval '1 minute', true) as "isDue"
       from api_token t left join app_user u on u.id = t.owner_id
      where t.token_hash = $1 and t.revoked_at is null and (t.expires_at is null or t.expires_at > now())
        and u.disabled_at is null`,
    [hash],
  )
  const found = rows[0]
  if (!found) return null
  if (found.isDue) await store.pool.query('update api_token set last_used_at = now() where id = $1', [found.id])
  return {
    id: found.id,
    name: found.name,
    ownerId: found.ownerId,
    grants: boundGrants(found),
    rightsRest: restsInPart(found),
  }
}

/** What a token may do: its grants within those of its maker, where it has one. */
export function boundGrants(token: { ownerId: string | null; grants: StoredGrant[]; bounds: StoredGrant[] }): Grant[] {
  const grants = grantsOf(token.grants)
  return token.ownerId === null ? grants : meetGrants(grants, grantsOf(token.bounds))
}

function restsInPart(token: {
  ownerId: string | null
  grants: StoredGrant[]
  bounds: StoredGrant[]
  allBounds: StoredGrant[]
}) {
  return boundGrants({ ...token, bounds: token.allBounds }).length > boundGrants(token).length
}

/** A grant of a token as it is listed. */
export interface TokenGrant extends Grant {
  /** Name of the cluster it is for; null where it is for none. */
  cluster: string | null
}

interface ValidToken {
  id: string
  name: string
  ownerId: string | null
  grants: StoredGrant[]
  bounds: StoredGrant[]
  allBounds: StoredGrant[]
  isDue: boolean
}

interface StoredToken extends Omit<TokenRow, 'grants' | 'rightsRest'> {
  grants: (StoredGrant & { cluster: string | null })[]
  ownerId: string | null
  bounds: StoredGrant[]
  allBounds: StoredGrant[]
}

function tokenOf({ grants, ownerId, bounds, allBounds, ...token }: StoredToken): TokenRow {
  const rightsRest = restsInPart({ ownerId, grants, bounds, allBounds })
  const rows = grants.flatMap((stored) => grantsOf([stored]).map((grant) => ({ ...grant, cluster: stored.cluster })))
  return { ...token, grants: rows, rightsRest }
}

const selectToken = `
  select t.id, t.name, t.created_by as "createdBy", t.created_at as "createdAt", t.expires_at as "expiresAt",
         t.last_used_at as "lastUsedAt", t.revoked_at as "revokedAt", t.owner_id as "ownerId",
         ${grantsSql('t.owner_id')} as bounds, ${allGrantsSql('t.owner_id')} as "allBounds",
         (select coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'scope', g.scope, 'cluster_id', g.cluster_id,
                   'label', g.label, 'cluster', c.name) order by g.scope, g.role, c.name, g.label), '[]')
            from api_token_grant g left join cluster c on c.id = g.cluster_id where g.token_id = t.id) as grants
    from api_token t`
