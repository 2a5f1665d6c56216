import type { Store } from '#server/store/open.ts'

/**
 * The earlier of a worker's clock and the store's. What a clock that ran ahead took for due would never come again in its time, and what it took for
 * missed neither; late by a moment costs nothing.
 */
export async function earlierClock({ pool }: Pick<Store, 'pool'>, now: Date): Promise<Date> {
  const { rows } = await pool.query<{ at: Date }>('select clock_timestamp() as at')
  const [{ at } = { at: now }] = rows
  return at < now ? at : now
}
