import type { TellingKind } from '#domain/alerts/notify/plan-tellings.ts'
import type { Told } from '#domain/alerts/notify/told.ts'
import type { Queryable } from '../queryable.ts'

/** What is to be told, before anything is sent. */
export interface NewNotification {
  channelId: string
  incidentId: string | null
  kind: TellingKind
  told: Told
  waitMs: number
}

/** Writes down what is to be told. */
export async function insertNotifications(tx: Queryable, all: readonly NewNotification[]): Promise<void> {
  for (const { channelId, incidentId, kind, told, waitMs } of all) {
    await tx.query(
      `insert into notification (channel_id, alert_id, cluster_id, cluster_name, dedup_key, kind, severity, incident_id,
                                 told, is_open, next_attempt_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, clock_timestamp() + $11 * interval '1 millisecond')
       on conflict do nothing`,
      [
        channelId,
        told.alertId,
        told.clusterId,
        told.cluster,
        told.key,
        kind,
        told.severity,
        incidentId,
        JSON.stringify(told),
        kind === 'trigger',
        waitMs,
      ],
    )
  }
}

/** Takes back what nobody has tried to send yet; returns the ids of what was. */
export async function dropNotifications(
  tx: Queryable,
  all: readonly { id: number; why: string }[],
): Promise<Set<number>> {
  const dropped = new Set<number>()
  for (const { id, why } of all) {
    const { rowCount } = await tx.query(
      `update notification set state = 'dropped', is_open = false, problem = $2
        where id = $1 and state = 'waiting' and attempts = 0`,
      [id, why],
    )
    if (rowCount === 1) dropped.add(id)
  }
  return dropped
}

/** Puts what nobody has tried to send yet under another key. */
export async function rekeyNotifications(tx: Queryable, ids: readonly number[], key: string): Promise<void> {
  if (ids.length === 0) return
  await tx.query(
    `update notification set dedup_key = $2, told = told || jsonb_build_object('key', $2::text)
      where id = any($1::bigint[]) and state = 'waiting' and attempts = 0`,
    [ids, key],
  )
}

/** What follows on something that was told, with what of it is new. */
export interface FollowingNotification {
  after: number
  kind: Exclude<TellingKind, 'trigger'>
  incidentId: string | null
  change: Partial<Told>
}

/** Writes down what follows on something that was told: of the same alert, under the same key. */
export async function followNotifications(tx: Queryable, all: readonly FollowingNotification[]): Promise<void> {
  for (const { after, kind, incidentId, change } of all) {
    await tx.query(
      `insert into notification (channel_id, alert_id, cluster_id, cluster_name, dedup_key, kind, severity, incident_id, told)
       select channel_id, alert_id, cluster_id, cluster_name, dedup_key, $2, severity, $3, told || $4::jsonb
         from notification where id = $1
       on conflict do nothing`,
      [after, kind, incidentId, JSON.stringify(change)],
    )
  }
}

/** Says that the end of alerts is told, but where something of these was to be taken back and was on its way already. */
export async function closeNotifications(
  tx: Queryable,
  alertIds: readonly string[],
  dropped: readonly number[],
): Promise<void> {
  if (alertIds.length === 0) return
  await tx.query(
    `update notification set is_open = false
      where alert_id = any($1::uuid[]) and is_open and not (id = any($2::bigint[]) and state = 'waiting')`,
    [alertIds, dropped],
  )
}
