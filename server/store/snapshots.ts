import type pg from 'pg'
import { sentenceOf } from '#domain/alerts/incident-of.ts'
import type { ClusterEvent, StoredEvent } from '#domain/event.ts'
import type { FleetSummary } from '#domain/fleet/fleet-row.ts'
import { fromJson } from '#domain/json.ts'
import type { LastBackup } from '#domain/backup/last-backup.ts'
import type { OperationKind } from '#domain/operation/operation.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { VerdictLevel } from '#domain/judgement/verdict.ts'
import type { FleetRow, OpenIncidents } from '#domain/fleet/view.ts'
import { AppError } from '#server/errors.ts'
import { insertEvents } from './events.ts'
import { notifyAll } from './notify.ts'
import { inTransaction, type Store } from './open.ts'

export interface Sweep {
  snapshot: Snapshot
  summary: FleetSummary
  /** In the order in which they came about. */
  events: ClusterEvent[]
  /** Worker that must hold the cluster's lease; null = written without one. */
  executorId: string | null
  /** What else is kept in the same transaction, while the last snapshot is still the newest. */
  beforeKept?: (tx: pg.PoolClient) => Promise<void>
}

/**
 * Keeps what one sweep brought, whole or not at all: the newest snapshot, the hour's if it is the first of its hour, the
 * events, and the notices. Throws AppError `conflict` when the lease is lost and `not-found` when the cluster was removed.
 */
export async function saveSweep(store: Store, sweep: Sweep): Promise<StoredEvent[]> {
  return inTransaction(store, async (tx) => {
    const { snapshot } = sweep
    await checkLease(tx, snapshot, sweep.executorId)
    await sweep.beforeKept?.(tx)
    const isKept = await keepSnapshot(tx, sweep)
    const events = await insertEvents(tx, snapshot, sweep.events)
    const { clusterId, version } = snapshot
    await notifyAll(tx, [
      ...(isKept ? [{ kind: 'snapshot', clusterId, version } as const] : []),
      ...events.map(({ id }) => ({ kind: 'event', clusterId, id }) as const),
    ])
    return events
  })
}

/** The newest snapshot of a cluster; null before the first. */
export async function latestSnapshot(store: Store, clusterId: string): Promise<Snapshot | null> {
  const { rows } = await store.pool.query<{ body: unknown }>('select body from latest_snapshot where cluster_id = $1', [
    clusterId,
  ])
  return rows[0] === undefined ? null : fromJson<Snapshot>(rows[0].body)
}

/** What the fleet page shows: every cluster, or those with the ids, by name; a cluster not looked at yet is `unseen`. */
export async function fleetRows(store: Store, ids: readonly string[] | null = null): Promise<FleetRow[]> {
  const { rows } = await store.pool.query<StoredFleetRow>(
    `select c.id, c.name, c.labels, s.level, s.sentence, s.leader, s.members, s.worst_lag_bytes, s.taken_at,
            b.cluster_id is not null as has_backups, b.last_backup_at, b.overdue,
            o.id as operation_id, o.kind as operation_kind, o.actor_name, o.requested_at,
            firing.critical as critical_alerts, firing.warning as warning_alerts, coming.alert as coming_alert,
            open.total as open_incidents, open.critical as critical_incidents, open.worst as worst_incident
       from cluster c
       left join latest_snapshot s on s.cluster_id = c.id
       left join backup_view b on b.cluster_id = c.id and b.taken_at is not null
            and exists (select from agent a where a.cluster_id = c.id and a.state = 'enrolled')
       left join operation o on o.cluster_id = c.id and o.lane = 'lead' and o.state in ('planned', 'running', 'waiting')
      cross join lateral (
            select count(*) filter (where a.severity = 'critical')::int as critical,
                   count(*) filter (where a.severity = 'warning')::int as warning
              from alert a
             where a.cluster_id = c.id and a.state <> 'resolved' and a.state = 'firing' and a.explained_by is null) firing
       left join lateral (
            select json_build_object('title', a.title, 'subject', a.subject, 'clusterName', a.cluster_name,
                                     'summary', a.summary, 'since', a.since) as alert
              from alert a
             where a.cluster_id = c.id and a.state <> 'resolved' and a.state = 'pending' and a.severity = 'critical'
                   and a.explained_by is null and a.cause <> all (array['leadership', 'member', 'backup'])
             order by a.since limit 1) coming on true
      cross join lateral (
            select count(*)::int as total, count(*) filter (where i.severity = 'critical')::int as critical,
                   (array_agg(json_build_object('number', i.number, 'severity', i.severity, 'sentence', i.sentence,
                                                'acknowledgedBy', i.acknowledged_by)
                              order by array_position(array['critical', 'warning', 'info'], i.severity),
                                       i.acknowledged_by is not null, i.number desc))[1] as worst
              from incident i
             where i.cluster_id = c.id and i.closed_at is null) open
      where $1::uuid[] is null or c.id = any($1)
      order by c.name`,
    [ids],
  )
  return rows.map(fleetRowOf)
}

// The row locks keep a cluster from being removed, and its lease from being taken, until the sweep is kept.
// A lease that ran out while the store was away still counts as long as nobody else has taken it.
async function checkLease(tx: pg.PoolClient, snapshot: Snapshot, executorId: string | null): Promise<void> {
  const { rows } = await tx.query<{ is_registered: boolean; holder: string | null }>(
    `with found as (select from cluster where id = $1 for share),
          lease as (select executor_id from cluster_lease where cluster_id = $1 for share)
     select exists (select from found) as is_registered, (select executor_id from lease) as holder`,
    [snapshot.clusterId],
  )
  if (rows[0]?.is_registered !== true) {
    throw new AppError('not-found', `The cluster ${snapshot.clusterName} is no longer registered.`)
  }
  const holder = rows[0].holder ?? 'nobody'
  if (executorId !== null && holder !== executorId) {
    throw new AppError('conflict', `The lease on ${snapshot.clusterName} was lost: it is held by ${holder} now.`)
  }
}

/** Keeps the snapshot as the newest, and as the hour's where that has none; false where a newer one is kept already. */
async function keepSnapshot(tx: pg.PoolClient, { snapshot, summary }: Sweep): Promise<boolean> {
  const { rows } = await tx.query<{ is_kept: boolean }>(
    `with newest as (
       insert into latest_snapshot as kept
              (cluster_id, version, taken_at, body, level, sentence, leader, worst_lag_bytes, members)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (cluster_id) do update
          set version = excluded.version, taken_at = excluded.taken_at, body = excluded.body, level = excluded.level,
              sentence = excluded.sentence, leader = excluded.leader, worst_lag_bytes = excluded.worst_lag_bytes,
              members = excluded.members
        where kept.version < excluded.version
       returning cluster_id, date_trunc('hour', taken_at, 'UTC') as hour, body),
     hourly as (
       insert into hourly_snapshot (cluster_id, hour, body)
       select cluster_id, hour, body from newest
        where not exists (select from hourly_snapshot h where h.cluster_id = newest.cluster_id and h.hour = newest.hour)
           on conflict do nothing)
     select exists (select from newest) as is_kept`,
    [
      snapshot.clusterId,
      snapshot.version,
      snapshot.takenAt,
      JSON.stringify(snapshot),
      summary.level,
      summary.sentence,
      summary.leader,
      summary.worstLagBytes,
      JSON.stringify(summary.members),
    ],
  )
  return rows[0]?.is_kept === true
}

interface StoredFleetRow {
  id: string
  name: string
  labels: string[]
  level: VerdictLevel | null
  sentence: string | null
  leader: string | null
  members: FleetRow['members'] | null
  worst_lag_bytes: number | null
  taken_at: Date | null
  has_backups: boolean
  last_backup_at: Date | null
  overdue: LastBackup['overdue']
  operation_id: string | null
  operation_kind: OperationKind | null
  actor_name: string | null
  requested_at: Date | null
  critical_alerts: number
  warning_alerts: number
  coming_alert: (Parameters<typeof sentenceOf>[0] & { since: string }) | null
  open_incidents: number
  critical_incidents: number
  worst_incident: OpenIncidents['worst']
}

function fleetRowOf(row: StoredFleetRow): FleetRow {
  return {
    clusterId: row.id,
    name: row.name,
    labels: row.labels,
    level: row.level ?? 'unseen',
    sentence: row.sentence ?? 'The console has not looked at this cluster yet.',
    leader: row.leader,
    members: row.members ?? [],
    worstLagBytes: row.worst_lag_bytes,
    lastBackup: row.has_backups ? { at: row.last_backup_at, overdue: row.overdue } : null,
    seenAt: row.taken_at,
    activeOperation: activeOperationOf(row),
    alerts: { critical: row.critical_alerts, warning: row.warning_alerts, coming: comingOf(row.coming_alert) },
    incidents: { open: row.open_incidents, critical: row.critical_incidents, worst: row.worst_incident },
  }
}

function comingOf(alert: StoredFleetRow['coming_alert']): FleetRow['alerts']['coming'] {
  return alert && { sentence: sentenceOf(alert), since: new Date(alert.since) }
}

function activeOperationOf(row: StoredFleetRow): FleetRow['activeOperation'] {
  const { operation_id: id, operation_kind: kind, actor_name: requestedBy, requested_at: since } = row
  return id !== null && kind !== null && requestedBy !== null && since !== null
    ? { id, kind, requestedBy, since }
    : null
}
