import { pagedKinds } from '#domain/alerts/notify/channel.ts'
import type { Store } from '../open.ts'
import { inTransaction } from '../open.ts'
import type { Queryable } from '../queryable.ts'

/** Longer than any attempt may take: a worker that dies lets go of its channel by this time, ms. */
export const holdMs = 25_000

/** Takes a channel on which something is due, so that one worker at a time sends on it; null where there is none. */
export async function holdChannel(store: Store, holder: string, mostInMinute: number): Promise<string | null> {
  // Asked all the time, and hardly ever is anything due.
  if (!(await isAnyDue(store))) return null
  return inTransaction(store, async (tx) => {
    await tx.query(
      `insert into channel_hold (channel_id) select id from channel c
        where not exists (select from channel_hold h where h.channel_id = c.id) on conflict do nothing`,
    )
    const { rows } = await tx.query<{ id: string }>(
      `update channel_hold set held_by = $1, held_until = clock_timestamp() + $2 * interval '1 millisecond'
        where channel_id = (
          select h.channel_id from channel_hold h join channel c on c.id = h.channel_id
           where not c.is_paused
             and (h.held_until is null or h.held_until < clock_timestamp())
             and (h.attempts_in_minute < $3 or h.minute_began_at < clock_timestamp() - interval '1 minute')
             and exists (
               select from notification n
                where n.channel_id = c.id and n.state = 'waiting' and n.next_attempt_at <= clock_timestamp()
                  and not exists (
                    select from notification e
                     where e.channel_id = n.channel_id and e.dedup_key = n.dedup_key and e.state = 'waiting'
                       and case when c.kind = any($4) and e.kind = n.kind
                           then e.attempts > 0 and e.next_attempt_at > clock_timestamp()
                           else e.id < n.id end))
           order by h.attempted_at nulls first
           limit 1 for update of h skip locked)
       returning channel_id as id`,
      [holder, holdMs, mostInMinute, pagedKinds],
    )
    return rows[0]?.id ?? null
  })
}

async function isAnyDue(store: Store): Promise<boolean> {
  const { rows } = await store.pool.query<{ is_due: boolean }>(
    `select exists (select from notification where state = 'waiting' and next_attempt_at <= clock_timestamp()) as is_due`,
  )
  return rows[0]?.is_due === true
}

/** Whether anything waits to be sent, now or later. */
export async function isAnyWaiting(on: Queryable): Promise<boolean> {
  const { rows } = await on.query<{ isAny: boolean }>(
    `select exists (select from notification where state = 'waiting') as "isAny"`,
  )
  return rows[0]?.isAny === true
}

/** Lets others send on a channel. */
export async function releaseChannel(store: Store, holder: string, channelId: string): Promise<void> {
  await store.pool.query(
    'update channel_hold set held_by = null, held_until = null where channel_id = $1 and held_by = $2',
    [channelId, holder],
  )
}
