import type pg from 'pg'
import type { KeptAlert } from '#domain/alerts/alert.ts'
import type { Move } from '#domain/alerts/advance.ts'
import { changesOf, type Changes } from '#domain/alerts/changes-of.ts'
import { explainedBy } from '#domain/alerts/explained-by.ts'
import { sentenceOf } from '#domain/alerts/incident-of.ts'
import type { ClusterEvent } from '#domain/event.ts'
import { markEvaluated } from '#server/store/alerts/beats.ts'
import { readExplaining } from '#server/store/alerts/explaining.ts'
import { dropAlerts, saveAlerts } from '#server/store/alerts/save-alerts.ts'
import { insertEvents } from '#server/store/events.ts'
import { notifyAll } from '#server/store/notify.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { IncidentDesk } from './incidents.ts'

/** Hears what began and ended in the very transaction that keeps it, so that what is to be told is kept with it or not at all. */
export type ChangesListener = (tx: pg.PoolClient, changes: Changes) => Promise<void>

export interface Kept {
  cluster: { clusterId: string; clusterName: string }
  /** In the order in which they came about. */
  moves: readonly Move[]
  /** All that go on after them. */
  live: readonly KeptAlert[]
  /** Pools that lead to the Postgres beside them. */
  ownPools: ReadonlySet<string>
  newId: () => string
  now: Date
  onChanges: ChangesListener | null
}

/** Keeps some moves under the lease of their cluster; null when it is another's by now: then nothing is kept. */
export async function keepMoves(store: Store, executorId: string, kept: Kept): Promise<KeptAlert[] | null> {
  const { clusterId } = kept.cluster
  return inTransaction(store, async (tx) => {
    const lease = await tx.query('select from cluster_lease where cluster_id = $1 and executor_id = $2 for share', [
      clusterId,
      executorId,
    ])
    if (lease.rowCount !== 1) return null
    const live = await keepIn(tx, kept)
    await markEvaluated(tx, clusterId)
    return live
  })
}

/**
 * Keeps some moves with their incidents, events and notices in a transaction; returns the alerts that go on, with the incidents that
 * they belong to by now.
 */
export async function keepIn(tx: pg.PoolClient, kept: Kept): Promise<KeptAlert[]> {
  const { cluster, moves, live, newId, now, onChanges } = kept
  const isExplained = live.some((alert) => alert.explainedBy !== null)
  if (moves.length === 0 && !isExplained) return [...live]
  const alerts = new Map([...moves.map(({ alert }) => alert), ...live].map((alert) => [alert.id, alert]))
  const own = [...alerts.keys()]
  const { fired, released } = await explain(tx, kept, alerts)
  const desk = new IncidentDesk({ tx, cluster, alerts, newId, now })
  await desk.open()
  // What was only a note makes an incident once it is more.
  const risen = moves.flatMap(({ kind, alert }) => (kind === 'severity' && alert.incidentId === null ? [alert.id] : []))
  for (const id of new Set([...fired, ...released, ...risen])) {
    const alert = alerts.get(id)
    if (alert && alert.explainedBy === null) await desk.place(alert)
  }
  const dropped = new Set(moves.flatMap(({ kind, alert }) => (kind === 'dropped' ? [alert.id] : [])))
  await dropAlerts(tx, [...dropped])
  const written = own.flatMap((id) => (dropped.has(id) ? [] : (alerts.get(id) ?? [])))
  await saveAlerts(tx, written)
  await desk.settle()
  const told = moves.map((move) => ({ ...move, alert: asPlaced(move.alert, alerts.get(move.alert.id)) }))
  const events = await insertEvents(tx, cluster, told.flatMap(eventOf))
  const begun = released.flatMap((id) => alerts.get(id) ?? [])
  const changes: Changes = {
    alerts: changesOf(told, begun, (alert) => desk.incident(alert.incidentId)),
    incidents: desk.changes(),
  }
  if (changes.alerts.length > 0 || changes.incidents.length > 0) await onChanges?.(tx, changes)
  const { clusterId } = cluster
  await notifyAll(tx, [
    ...(moves.length > 0 || released.length > 0 ? [{ kind: 'alerts', clusterId } as const] : []),
    ...events.map(({ id }) => ({ kind: 'event', clusterId, id }) as const),
  ])
  return live.map((alert) => alerts.get(alert.id) ?? alert)
}

/** Writes into the alerts which operation explains them; says which have fired, and which outlast what explained them. */
async function explain(
  tx: pg.PoolClient,
  { cluster, moves, live, ownPools, now }: Kept,
  alerts: Map<string, KeptAlert>,
): Promise<{ fired: string[]; released: string[] }> {
  const operations = await readExplaining(tx, cluster.clusterId)
  const fired = [...new Set(moves.flatMap(({ kind, alert }) => (kind === 'fired' ? [alert.id] : [])))]
  for (const id of fired) {
    const alert = alerts.get(id)
    if (alert) alerts.set(id, { ...alert, explainedBy: explainedBy(alert, operations, now, ownPools) })
  }
  const released = live.filter(
    (alert) =>
      alert.state === 'firing' &&
      alert.explainedBy !== null &&
      !fired.includes(alert.id) &&
      explainedBy(alert, operations, now, ownPools) === null,
  )
  for (const alert of released) alerts.set(alert.id, { ...alert, explainedBy: null })
  return { fired, released: released.map(({ id }) => id) }
}

/** A move tells of its own moment; what was found out about the alert since goes with it. */
function asPlaced(alert: KeptAlert, found: KeptAlert | undefined): KeptAlert {
  return found ? { ...alert, incidentId: found.incidentId, explainedBy: found.explainedBy } : alert
}

function eventOf({ kind, alert }: Move): ClusterEvent[] {
  if (kind !== 'fired' && kind !== 'resolved') return []
  const hasFired = kind === 'fired'
  return [
    {
      kind: hasFired ? 'alert-fired' : 'alert-resolved',
      at: (hasFired ? alert.firedAt : alert.resolvedAt) ?? alert.heldAt,
      member: alert.member,
      severity: hasFired ? alert.severity : 'info',
      sentence: hasFired ? `Alert: ${sentenceOf(alert)}` : `No longer: ${sentenceOf(alert)}`,
      from: hasFired ? null : alert.severity,
      to: hasFired ? alert.severity : null,
      sources: ['alerts'],
    },
  ]
}
