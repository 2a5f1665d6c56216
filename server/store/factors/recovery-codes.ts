import type { Queryable } from '../queryable.ts'

/** Puts these codes, as hashes, in the place of all that a person had. */
export async function replaceRecoveryCodes(tx: Queryable, userId: string, hashes: readonly string[]): Promise<void> {
  await tx.query('delete from recovery_code where user_id = $1', [userId])
  await tx.query('insert into recovery_code (user_id, code_hash) select $1, unnest($2::text[])', [userId, hashes])
}

/** Uses up a code; false when it is none of this person's, or was used before. */
export async function spendRecoveryCode(tx: Queryable, userId: string, hash: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update recovery_code set used_at = now() where user_id = $1 and code_hash = $2 and used_at is null',
    [userId, hash],
  )
  return rowCount === 1
}

/** How many codes a person has left. */
export async function countRecoveryCodes(on: Queryable, userId: string): Promise<number> {
  const { rows } = await on.query<{ left: number }>(
    'select count(*)::int as left from recovery_code where user_id = $1 and used_at is null',
    [userId],
  )
  return rows[0]?.left ?? 0
}
