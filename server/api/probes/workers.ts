import type { Store } from '#server/store/open.ts'

/** Workers that said within the last ten seconds that they live. */
export async function countLiveWorkers(store: Store): Promise<number> {
  const { rows } = await store.pool.query<{ count: number }>(
    `select count(*)::int as count from worker
      where state = 'live' and heartbeat_at > clock_timestamp() - interval '10 seconds'`,
  )
  return rows[0]?.count ?? 0
}
