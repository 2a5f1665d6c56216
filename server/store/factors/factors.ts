import type { Factor, FactorKind } from '#domain/people/factor.ts'
import type { Queryable } from '../queryable.ts'

/** The factors of a person that have not been removed, oldest first. */
export async function listFactors(on: Queryable, userId: string): Promise<Factor[]> {
  const { rows } = await on.query<FactorRow>(
    `select f.id, f.kind, f.name, f.registered_at as "registeredAt", u.used_at as "lastUsedAt",
            f.vouched_by as "vouchedBy", f.vouched_at as "vouchedAt"
       from factor f left join factor_use u on u.factor_id = f.id
      where f.user_id = $1 and f.removed_at is null order by f.registered_at, f.id`,
    [userId],
  )
  return rows.map(({ vouchedBy, vouchedAt, ...factor }) => ({
    ...factor,
    vouched: vouchedBy === null || vouchedAt === null ? null : { by: vouchedBy, at: vouchedAt },
  }))
}

/** A factor and whose it is; null when there is none or it was removed. */
export async function findFactor(
  on: Queryable,
  id: string,
): Promise<{
  id: string
  userId: string
  email: string
  kind: FactorKind
  name: string
  vouchedAt: Date | null
} | null> {
  const { rows } = await on.query<NonNullable<Awaited<ReturnType<typeof findFactor>>>>(
    `select f.id, f.user_id as "userId", p.email, f.kind, f.name, f.vouched_at as "vouchedAt"
       from factor f join app_user p on p.id = f.user_id where f.id = $1 and f.removed_at is null`,
    [id],
  )
  return rows[0] ?? null
}

/** Which kinds of factor a person has now. */
export async function factorKinds(on: Queryable, userId: string): Promise<Set<FactorKind>> {
  const { rows } = await on.query<{ kind: FactorKind }>(
    'select distinct kind from factor where user_id = $1 and removed_at is null',
    [userId],
  )
  return new Set(rows.map((row) => row.kind))
}

/** Worker side: gives a factor another name; false when it is not this person's. */
export async function renameFactor(tx: Queryable, at: { id: string; userId: string }, name: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update factor set name = $3 where id = $1 and user_id = $2 and removed_at is null',
    [at.id, at.userId, name],
  )
  return rowCount === 1
}

/** Worker side: removes one factor of a person, or all; what they were is kept, what could be used of them is not. Returns their names. */
export async function removeFactors(tx: Queryable, userId: string, id: string | null): Promise<string[]> {
  const { rows } = await tx.query<{ name: string }>(
    `update factor set removed_at = now(), ciphertext = null, nonce = null, tag = null, key_id = null,
            credential_id = null, public_key = null, rp_id = null
      where user_id = $1 and ($2::uuid is null or id = $2) and removed_at is null returning name`,
    [userId, id],
  )
  return rows.map((row) => row.name)
}

/** Worker side: says that these factors of a person, or all of them, are theirs; returns the names of those that were not vouched for before. */
export async function vouchForFactors(
  tx: Queryable,
  { userId, id, by }: { userId: string; id: string | null; by: string },
): Promise<string[]> {
  const { rows } = await tx.query<{ name: string }>(
    `update factor set vouched_by = $3, vouched_at = now()
      where user_id = $1 and ($2::uuid is null or id = $2) and removed_at is null and vouched_at is null returning name`,
    [userId, id, by],
  )
  return rows.map((row) => row.name)
}

/** Notes that a factor was used. */
export async function noteUse(on: Queryable, factorId: string, counter = 0): Promise<void> {
  await on.query(
    `insert into factor_use (factor_id, counter) values ($1, $2)
     on conflict (factor_id) do update set counter = $2, used_at = now()`,
    [factorId, counter],
  )
}

interface FactorRow extends Omit<Factor, 'vouched'> {
  vouchedBy: string | null
  vouchedAt: Date | null
}
