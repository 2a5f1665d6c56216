import type { Store } from './open.ts'

/** How much of something dear is given at once, and how much of it comes back in a minute. */
export interface Allowance {
  atOnce: number
  aMinute: number
}

/** Takes one of what `key` may still do, over all processes; tells after how many seconds there is one again where none is left. */
export async function takeAllowance(
  store: Store,
  key: string,
  { atOnce, aMinute }: Allowance,
): Promise<{ ok: true } | { ok: false; waitSeconds: number }> {
  const { rowCount } = await store.pool.query(takeSql, [key, atOnce, aMinute])
  if (rowCount === 1) {
    // What is full again need not be kept.
    if (Math.random() < 0.01) await store.pool.query(`delete from allowance where at < now() - interval '1 hour'`)
    return { ok: true }
  }
  return { ok: false, waitSeconds: Math.ceil(60 / aMinute) }
}

const takeSql = `
  insert into allowance as kept (key, left_over, at) values ($1, $2::float8 - 1, now())
  on conflict (key) do update
    set left_over = least($2::float8, kept.left_over + extract(epoch from now() - kept.at) * $3::float8 / 60) - 1, at = now()
  where least($2::float8, kept.left_over + extract(epoch from now() - kept.at) * $3::float8 / 60) >= 1`
