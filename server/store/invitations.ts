import type { Queryable } from './queryable.ts'

/** Days within which an invitation must be taken up. */
export const invitationDays = 7

/** Somebody who was invited and has not come yet. */
export interface Invited {
  id: string
  userId: string
  email: string
  name: string
  invitedBy: string
}

/** Invites a person by the hash of a link's secret; links of before are good for nothing any more. Until when it is good. */
export async function insertInvitation(
  tx: Queryable,
  { userId, hash, createdBy }: { userId: string; hash: string; createdBy: string },
): Promise<Date> {
  await tx.query('delete from invitation where user_id = $1 and used_at is null', [userId])
  const { rows } = await tx.query<{ expiresAt: Date }>(
    `insert into invitation (user_id, token_hash, created_by, expires_at)
     values ($1, $2, $3, now() + interval '${invitationDays} days') returning expires_at as "expiresAt"`,
    [userId, hash, createdBy],
  )
  const [row] = rows
  if (!row) throw new Error('The invitation was not kept.')
  return row.expiresAt
}

/** The invitation of this hash while it is good for anything; held until the end of a transaction. */
export async function findOpenInvitation(on: Queryable, hash: string): Promise<Invited | null> {
  const { rows } = await on.query<Invited>(
    `select i.id, u.id as "userId", u.email, u.name, i.created_by as "invitedBy"
       from invitation i join app_user u on u.id = i.user_id
      where i.token_hash = $1 and i.used_at is null and i.expires_at > now()
        and u.disabled_at is null and u.password_hash is null
        for update`,
    [hash],
  )
  return rows[0] ?? null
}

/** Says that an invitation has been taken up. */
export async function useInvitation(tx: Queryable, id: string): Promise<void> {
  await tx.query('update invitation set used_at = now() where id = $1', [id])
}

/** Makes every link that these invited somebody with good for nothing; returns how many there were. */
export async function withdrawInvitationsOf(tx: Queryable, makers: readonly string[]): Promise<number> {
  const { rowCount } = await tx.query(
    'delete from invitation where created_by = any($1) and used_at is null and expires_at > now()',
    [makers],
  )
  return rowCount ?? 0
}
