import { inTransaction, type Store } from '../open.ts'

/** Takes the heartbeats that are due, so that of several workers one calls each; ids of their channels. */
export async function takeBeats(store: Store, everyMs: number): Promise<string[]> {
  // Asked all the time, and many have none.
  const { rowCount } = await store.pool.query(`select from channel where kind = 'heartbeat' limit 1`)
  if (rowCount === 0) return []
  return inTransaction(store, async (tx) => {
    await tx.query(
      `insert into channel_hold (channel_id) select id from channel c
        where kind = 'heartbeat' and not exists (select from channel_hold h where h.channel_id = c.id) on conflict do nothing`,
    )
    const { rows } = await tx.query<{ id: string }>(
      `update channel_hold set attempted_at = clock_timestamp()
        where channel_id in (
          select h.channel_id from channel_hold h join channel c on c.id = h.channel_id
           where c.kind = 'heartbeat' and not c.is_paused
             and (h.attempted_at is null or h.attempted_at < clock_timestamp() - $1 * interval '1 millisecond')
           for update of h skip locked)
       returning channel_id as id`,
      [everyMs],
    )
    return rows.map(({ id }) => id)
  })
}

/** Keeps whether a heartbeat was accepted; null = it was. */
export async function markBeat(store: Store, channelId: string, problem: string | null): Promise<void> {
  await store.pool.query(
    `update channel_hold
        set beat_problem = left($2, 1000), beat_at = case when $2::text is null then clock_timestamp() else beat_at end
      where channel_id = $1`,
    [channelId, problem],
  )
}

/** How the heartbeats stand, by the id of their channel. */
export async function readBeatsOfChannels(
  store: Store,
): Promise<Map<string, { beatAt: Date | null; beatProblem: string | null }>> {
  const { rows } = await store.pool.query<{ id: string; beatAt: Date | null; beatProblem: string | null }>(
    `select h.channel_id as id, h.beat_at as "beatAt", h.beat_problem as "beatProblem"
       from channel_hold h join channel c on c.id = h.channel_id where c.kind = 'heartbeat'`,
  )
  return new Map(rows.map(({ id, ...beat }) => [id, beat]))
}
