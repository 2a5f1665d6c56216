import type { Told } from '#domain/alerts/notify/told.ts'
import { fromJson } from '#domain/json.ts'
import type { NotificationRow } from '#domain/alerts/notify/notification-row.ts'
import type { Store } from '../open.ts'
import { notify } from '../notify.ts'
import type { Queryable } from '../queryable.ts'

export interface NotificationFilter {
  channelId?: string | undefined
  states?: readonly NotificationRow['state'][] | undefined
  /** Only those with a smaller number: the next page. */
  before?: number | undefined
  limit: number
}

/** What was told and is to be, the newest first. */
export async function listNotifications(store: Store, filter: NotificationFilter): Promise<NotificationRow[]> {
  const { rows } = await store.pool.query<Omit<NotificationRow, 'told'> & { told: unknown }>(
    `select ${columns} from notification n join channel c on c.id = n.channel_id
      where ($1::uuid is null or n.channel_id = $1)
        and ($2::text[] is null or n.state = any($2))
        and ($3::bigint is null or n.id < $3)
      order by n.id desc limit $4`,
    [filter.channelId ?? null, filter.states ?? null, filter.before ?? null, filter.limit],
  )
  return rows.map(rowOf)
}

/** One of them; null where there is none. */
export async function findNotification(on: Queryable, id: number): Promise<NotificationRow | null> {
  const { rows } = await on.query<Omit<NotificationRow, 'told'> & { told: unknown }>(
    `select ${columns} from notification n join channel c on c.id = n.channel_id where n.id = $1`,
    [id],
  )
  return rows[0] ? rowOf(rows[0]) : null
}

/** Has what was given up tried again, also for those alone whom it did not reach; false where it was not given up. */
export async function retryNotification(tx: Queryable, id: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update notification
        set state = 'waiting', attempts = case when state = 'dead' then 0 else 1 end, is_open = kind = 'trigger',
            next_attempt_at = clock_timestamp(), dismissed_at = null, dismissed_by = null
      where id = $1 and ${isGivenUp}`,
    [id],
  )
  await notify(tx, { kind: 'channels' })
  return rowCount === 1
}

/** Says that what was given up needs nothing more; false where it was not given up, or somebody had said so. */
export async function dismissNotification(tx: Queryable, id: number, by: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update notification set dismissed_at = clock_timestamp(), dismissed_by = $2
      where id = $1 and ${isGivenUp} and dismissed_at is null`,
    [id, by],
  )
  return rowCount === 1
}

/** Notes what came of a test, which was sent already. */
export async function insertTested(
  on: Queryable,
  { channelId, told, outcome }: { channelId: string; told: Told; outcome: { isAccepted: boolean; answer: string } },
): Promise<void> {
  const { isAccepted, answer } = outcome
  await on.query(
    `insert into notification (channel_id, cluster_name, dedup_key, kind, severity, told, state, attempts, attempted_at,
                               sent_at, response, problem)
     values ($1, $2, $3, 'test', $4, $5, $6, 1, clock_timestamp(), case when $7 then clock_timestamp() end,
             case when $7 then left($8, 1000) end, case when not $7 then left($8, 2000) end)`,
    [
      channelId,
      told.cluster,
      told.key,
      told.severity,
      JSON.stringify(told),
      isAccepted ? 'sent' : 'dead',
      isAccepted,
      answer,
    ],
  )
}

/** Forgets what was told longer ago than it is kept, but for what goes on. */
export async function forgetOldNotifications(store: Store): Promise<void> {
  await store.pool.query(
    `delete from notification
      where created_at < now() - interval '90 days' and state <> 'waiting' and not is_open
        and not exists (select from alert a where a.id = alert_id and a.state = 'firing')`,
  )
}

function rowOf({ told, ...row }: Omit<NotificationRow, 'told'> & { told: unknown }): NotificationRow {
  return { ...row, told: fromJson<Told>(told) }
}

// Also for some of whom it is told, where others were reached.
const isGivenUp = `(state = 'dead' or state = 'sent' and problem is not null)`

const columns = `n.id, n.channel_id as "channelId", c.name as "channelName", c.kind as "channelKind", n.kind, n.severity, n.state,
  n.attempts, n.created_at as "createdAt", n.next_attempt_at as "nextAttemptAt", n.attempted_at as "attemptedAt",
  n.sent_at as "sentAt", n.response, n.problem, n.dismissed_at as "dismissedAt", n.dismissed_by as "dismissedBy", n.told`
