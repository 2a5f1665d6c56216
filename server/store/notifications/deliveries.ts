import { pickBatch, type Waiting } from '#domain/alerts/notify/pick-batch.ts'
import { keepsPages, pagedKinds, type ChannelKind } from '#domain/alerts/notify/channel.ts'
import type { Missed } from '#domain/alerts/notify/outcome.ts'
import type { Told } from '#domain/alerts/notify/told.ts'
import { fromJson } from '#domain/json.ts'
import { inTransaction, type Store } from '../open.ts'
import { holdMs } from './hold.ts'

/** Something that is to be sent now. */
export interface Due extends Waiting {
  told: Told
}

interface Held {
  holder: string
  channel: { id: string; kind: ChannelKind }
  mostInMinute: number
}

/**
 * What the next message on a held channel holds, counted as an attempt before it is made: a worker that dies then leaves it waiting. Empty
 * where nothing is due, the channel has had enough for this minute, or another worker holds it by now.
 */
export async function takeBatch(store: Store, { holder, channel, mostInMinute }: Held): Promise<Due[]> {
  return inTransaction(store, async (tx) => {
    const held = await tx.query<{ now: Date }>(
      `update channel_hold
          set held_until = clock_timestamp() + $3 * interval '1 millisecond', attempted_at = clock_timestamp()
        where channel_id = $1 and held_by = $2 and held_until > clock_timestamp()
          and (attempts_in_minute < $4 or minute_began_at < clock_timestamp() - interval '1 minute')
        returning clock_timestamp() as now`,
      [channel.id, holder, holdMs, mostInMinute],
    )
    const now = held.rows[0]?.now
    if (!now) return []
    const { rows } = await tx.query<Waiting & { told: unknown }>(
      `select n.id, n.cluster_id as "clusterId", n.dedup_key as key, n.kind, n.severity, n.attempts,
              n.next_attempt_at as "nextAttemptAt", n.left_to as "leftTo", n.told
         from notification n
        where n.channel_id = $1 and n.state = 'waiting'
          and not exists (
            select from notification e
             where e.channel_id = n.channel_id and e.dedup_key = n.dedup_key and e.state = 'waiting' and e.id < n.id
               and not ($2 and e.kind = n.kind))
        order by n.next_attempt_at, n.id limit 500`,
      [channel.id, keepsPages(channel)],
    )
    const batch = pickBatch(rows, channel.kind, now)
    if (batch.length === 0) return []
    await tx.query(
      `update channel_hold
          set minute_began_at = case when minute_began_at > clock_timestamp() - interval '1 minute' then minute_began_at else clock_timestamp() end,
              attempts_in_minute = case when minute_began_at > clock_timestamp() - interval '1 minute' then attempts_in_minute + 1 else 1 end
        where channel_id = $1`,
      [channel.id],
    )
    const { rows: taken } = await tx.query<{ id: number; attempts: number }>(
      `update notification set attempts = attempts + 1, attempted_at = clock_timestamp()
        where id = any($1::bigint[]) and state = 'waiting' returning id, attempts`,
      [batch.map(({ id }) => id)],
    )
    const attempts = new Map(taken.map((row) => [row.id, row.attempts]))
    return batch.flatMap((row) => {
      const count = attempts.get(row.id)
      return count === undefined ? [] : [{ ...row, attempts: count, told: fromJson<Told>(row.told) }]
    })
  })
}

/** Says that a receiver accepted these. */
export async function markSent(store: Store, ids: readonly number[], response: string): Promise<void> {
  await store.pool.query(
    `update notification
        set state = 'sent', sent_at = clock_timestamp(), response = left($2, 1000), problem = null, left_to = '{}'
      where id = any($1::bigint[]) and state = 'waiting'`,
    [ids, response],
  )
}

/** Says that these reached some, and why not those who are left: they are not tried again. */
export async function markPartly(
  store: Store,
  ids: readonly number[],
  { response, missed: { problem, to } }: { response: string | null; missed: Missed },
): Promise<void> {
  await store.pool.query(
    `update notification
        set state = 'sent', sent_at = clock_timestamp(), response = left($2, 1000), problem = left($3, 2000), left_to = $4
      where id = any($1::bigint[]) and state = 'waiting'`,
    [ids, response, problem, to],
  )
}

/** Says why a receiver did not accept one, and when it is tried again: with those who are left where it reached others, whose attempts count anew. */
export async function markLater(
  store: Store,
  id: number,
  { problem, delayMs, leftTo }: { problem: string; delayMs: number; leftTo: readonly string[] | null },
): Promise<void> {
  await store.pool.query(
    `update notification
        set problem = left($2, 2000), next_attempt_at = clock_timestamp() + $3 * interval '1 millisecond',
            attempts = case when left_to = '{}' and $4::text[] is not null then 1 else attempts end,
            left_to = coalesce($4, left_to)
      where id = $1 and state = 'waiting'`,
    [id, problem, delayMs, leftTo],
  )
}

/** Gives these up; what was to follow on something that nobody was told goes with them. */
export async function markDead(store: Store, ids: readonly number[], problem: string): Promise<void> {
  await inTransaction(store, async (tx) => {
    await tx.query(
      `update notification set state = 'dead', problem = left($2, 2000) where id = any($1::bigint[]) and state = 'waiting'`,
      [ids, problem],
    )
    await tx.query(
      `update notification r set state = 'dropped', problem = 'What it follows on was never told.'
         from notification d join channel c on c.id = d.channel_id
        where d.id = any($1::bigint[]) and d.kind = 'trigger'
          and r.channel_id = d.channel_id and r.state = 'waiting' and r.kind <> 'trigger' and r.id > d.id
          and case when c.kind = any($2) then r.dedup_key = d.dedup_key else r.alert_id = d.alert_id end
          and not exists (
            select from notification t
             where t.channel_id = d.channel_id and t.kind = 'trigger'
               and case when c.kind = any($2)
                   then t.dedup_key = d.dedup_key and t.id < r.id
                    and (t.state in ('sent', 'waiting') or t.state = 'dead' and t.attempts > 1)
                    and not exists (
                     select from notification u
                      where u.channel_id = t.channel_id and u.dedup_key = t.dedup_key and u.kind = 'resolve'
                        and u.state <> 'dropped' and u.id > t.id and u.id < r.id)
                   else t.alert_id = d.alert_id and t.state in ('sent', 'waiting') end)`,
      [ids, pagedKinds],
    )
  })
}
