import type { ShareKind, ShareLink } from '#domain/people/share-link.ts'
import type { Queryable } from '../queryable.ts'

/** Every link ever made, newest first. */
export async function listShares(on: Queryable): Promise<ShareLink[]> {
  const { rows } = await on.query<ShareLink>(`${selectShare} order by s.created_at desc, s.id`)
  return rows
}

/** One link; null where there is none. */
export async function findShare(on: Queryable, id: string): Promise<ShareLink | null> {
  const { rows } = await on.query<ShareLink>(`${selectShare} where s.id = $1`, [id])
  return rows[0] ?? null
}

/** Keeps a new link; of its token only the hash. */
export async function insertShare(
  tx: Queryable,
  share: {
    kind: ShareKind
    title: string
    hash: string
    clusterIds: readonly string[]
    createdBy: string
    expiresAt: Date
  },
): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into share_link (kind, title, token_hash, created_by, expires_at) values ($1, $2, $3, $4, $5) returning id`,
    [share.kind, share.title, share.hash, share.createdBy, share.expiresAt],
  )
  const id = rows[0]?.id
  if (id === undefined) throw new Error('The link was not kept.')
  await tx.query('insert into share_link_cluster (share_id, cluster_id) select $1, unnest($2::uuid[])', [
    id,
    share.clusterIds,
  ])
  return id
}

/** Revokes a link for good; false where it was revoked before. */
export async function revokeShare(tx: Queryable, id: string, by: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update share_link set revoked_at = now(), revoked_by = $2 where id = $1 and revoked_at is null',
    [id, by],
  )
  return rowCount === 1
}

/** Revokes every link that these made and that still holds; returns how many. */
export async function revokeSharesOf(tx: Queryable, makers: readonly string[], by: string): Promise<number> {
  const { rowCount } = await tx.query(
    `update share_link set revoked_at = now(), revoked_by = $2
      where created_by = any($1) and revoked_at is null and expires_at > now()`,
    [makers, by],
  )
  return rowCount ?? 0
}

/** What a link that holds now lets its holder see. */
export interface ValidShare {
  id: string
  title: string
  expiresAt: Date
  clusterIds: string[]
}

/** The link of a token's hash, or of an id, that was neither revoked nor has ended; null = there is none. */
export async function findValidShare(
  on: Queryable,
  by: { kind: ShareKind; hash: string } | { kind: ShareKind; id: string },
): Promise<ValidShare | null> {
  const { rows } = await on.query<ValidShare>(
    `select s.id, s.title, s.expires_at as "expiresAt",
            array(select cluster_id from share_link_cluster where share_id = s.id)::text[] as "clusterIds"
       from share_link s
      where s.kind = $1 and (s.token_hash = $2 or s.id = $3) and s.revoked_at is null and s.expires_at > now()`,
    [by.kind, 'hash' in by ? by.hash : null, 'id' in by ? by.id : null],
  )
  return rows[0] ?? null
}

/** Counts a view. */
export async function countView(on: Queryable, id: string): Promise<void> {
  await on.query('update share_link set views = views + 1, last_viewed_at = now() where id = $1', [id])
}

/** Notes that somebody still looks, once a minute at most. */
export async function noteView(on: Queryable, id: string): Promise<void> {
  await on.query(
    `update share_link set last_viewed_at = now()
      where id = $1 and (last_viewed_at is null or last_viewed_at < now() - interval '1 minute')`,
    [id],
  )
}

const selectShare = `
  select s.id, s.kind, s.title, s.created_by as "createdBy", s.created_at as "createdAt", s.expires_at as "expiresAt",
         s.revoked_at as "revokedAt", s.revoked_by as "revokedBy", s.views, s.last_viewed_at as "lastViewedAt",
         array(select c.name from share_link_cluster l join cluster c on c.id = l.cluster_id
                where l.share_id = s.id order by c.name) as clusters
    from share_link s`
