import type { Queryable } from '../queryable.ts'

/** So many tries with share links may come from one address within a minute. */
export const mostTries = 30

/** Takes one try of an address; false when it has none left in this minute. All web processes count together. */
export async function takeShareTry(on: Queryable, address: string): Promise<boolean> {
  const { rows } = await on.query<{ count: number }>(
    `insert into share_attempt as known (address, minute, count) values ($1, date_trunc('minute', now()), 1)
     on conflict (address, minute) do update set count = known.count + 1
     returning count`,
    [address],
  )
  const count = rows[0]?.count ?? 1
  if (count === 1) await on.query(`delete from share_attempt where minute < now() - interval '10 minutes'`)
  return count <= mostTries
}
