import type pg from 'pg'
import type { Alert } from '#domain/alerts/alert.ts'
import { keepsPages, type Channel } from '#domain/alerts/notify/channel.ts'
import { peakOf, type Peak } from '#domain/alerts/notify/peak-of.ts'
import { planPages } from '#domain/alerts/notify/plan-pages.ts'
import { planTellings } from '#domain/alerts/notify/plan-tellings.ts'
import { dedupKey, incidentKey } from '#domain/alerts/notify/told.ts'
import { silencedBy } from '#domain/alerts/silenced.ts'
import { mutedBy } from '#domain/maintenance/window.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import { openSilences } from '#server/store/alerts/silences.ts'
import { openWindows } from '#server/store/maintenance/windows.ts'
import { listChannels } from '#server/store/notifications/channels.ts'
import {
  closeNotifications,
  dropNotifications,
  followNotifications,
  insertNotifications,
  rekeyNotifications,
} from '#server/store/notifications/outbox.ts'
import { listRoutes } from '#server/store/notifications/routes.ts'
import {
  clustersToTell,
  lockTelling,
  readToldAlerts,
  savePeaks,
  type ToldAlert,
} from '#server/store/notifications/standings.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import type { ChangesListener } from '../keep-moves.ts'
import { followingOf, newOf, pageOf, type PlannedOf } from './told-of.ts'

/**
 * Writes down what is to be told of changed alerts in the transaction that keeps them. Where that fails the alerts are kept all the same:
 * what is to be told is looked for again every few seconds.
 */
export function tellingListener(log: Log): ChangesListener {
  return async (tx, { alerts }) => {
    const [first] = alerts
    if (!first) return
    await tx.query('savepoint telling')
    try {
      await tellIn(tx, {
        clusterId: first.alert.clusterId,
        alertIds: alerts.map(({ alert }) => alert.id),
        now: new Date(),
      })
      await tx.query('release savepoint telling')
    } catch (error) {
      if (error instanceof AppError) throw error
      log.error({ error }, 'What is to be told of an alert could not be written down with it; it is looked for again.')
      await tx.query('rollback to savepoint telling')
    }
  }
}

/** Writes down what is to be told by now of all clusters, each for itself: escalations, what a silence held back, ends that nobody kept. False where nothing fires or is to be ended. */
export async function tellAll(store: Store, now: Date): Promise<boolean> {
  const clusterIds = await clustersToTell(store.pool)
  for (const clusterId of clusterIds) {
    await inTransaction(store, (tx) => tellIn(tx, { clusterId, alertIds: null, now }))
  }
  return clusterIds.length > 0
}

/** Writes down the ends of all that was told of a cluster, in the transaction that has removed it and ended its alerts. */
export function tellRemoved(tx: pg.PoolClient, clusterId: string, now: Date): Promise<void> {
  return tellIn(tx, { clusterId, alertIds: null, now })
}

async function tellIn(
  tx: pg.PoolClient,
  { clusterId, alertIds, now }: { clusterId: string; alertIds: string[] | null; now: Date },
): Promise<void> {
  await lockTelling(tx, clusterId)
  const channels = await listChannels(tx)
  if (channels.length === 0) return
  const [routes, silences, windows, all] = [
    await listRoutes(tx),
    await openSilences(tx, clusterId),
    await openWindows(tx, clusterId),
    await readToldAlerts(tx, clusterId, alertIds),
  ]
  const drop: { id: number; why: string }[] = []
  const peaks: (Peak & { alertId: string })[] = []
  const planned: PlannedOf[] = []
  // What one alert of an incident tells now, the next ones of it know of.
  const critical = new Map<string, Set<string>>()
  for (const each of all) {
    const { alert, incident, tellings, labels, isRemoved } = each
    const peak = alert.state === 'firing' ? peakOf(alert, each.peak) : each.peak
    if (peak !== null && peak.value !== each.peak?.value) peaks.push({ ...peak, alertId: alert.id })
    const known = critical.get(groupOf(alert)) ?? new Set<string>()
    critical.set(groupOf(alert), known)
    const toldCritical = new Set([...toldCriticalBefore(each), ...known])
    const silence = silencedBy(alert, silences, now)
    const maintenance = mutedBy({ id: clusterId, labels }, windows, now)
    const plan = planTellings(
      { alert, incident, silence, maintenance, labels, isRemoved, tellings, toldCritical },
      { routes, channels, now },
    )
    if (alert.severity === 'critical') for (const { channelId } of plan.tell) known.add(channelId)
    planned.push(...plan.tell.map((one) => ({ one, each, peak })))
    drop.push(...plan.drop)
  }
  await savePeaks(tx, peaks)
  const dropped = await dropNotifications(tx, drop)
  const paged = channels.filter(({ settings }) => keepsPages(settings))
  const isPaged = ({ one }: PlannedOf) => paged.some(({ id }) => id === one.channelId)
  await insertNotifications(
    tx,
    planned.filter((each) => !isPaged(each)).map((each) => newOf(each)),
  )
  for (const channel of paged) {
    for (const group of groupsOf(all)) {
      const own = planned.filter(({ one, each }) => one.channelId === channel.id && group.includes(each))
      await tellPage(tx, channel, { group, planned: own, drop, dropped, now })
    }
  }
  const over = all.flatMap(({ alert }) => (alert.state === 'resolved' ? [alert.id] : []))
  await closeNotifications(
    tx,
    over,
    drop.map(({ id }) => id),
  )
}

interface PageGiven {
  /** Alerts of one incident. */
  group: readonly ToldAlert[]
  /** Of these, on the channel. */
  planned: readonly PlannedOf[]
  /** What was to be taken back, and what of it was before somebody tried to send it. */
  drop: readonly { id: number }[]
  dropped: ReadonlySet<number>
  now: Date
}

/** Writes down what is to be told of an incident to a channel that keeps pages. */
async function tellPage(
  tx: pg.PoolClient,
  { id: channelId, sendsResolved }: Channel,
  { group, planned, drop, dropped, now }: PageGiven,
): Promise<void> {
  const [head] = group
  if (!head) return
  const { alert, incident, ofIncident } = head
  const wasToDrop = new Set(drop.map(({ id }) => id))
  const tellings = ofIncident
    .filter((each) => each.channelId === channelId && each.state !== 'dropped' && !dropped.has(each.id))
    .map((each) => (wasToDrop.has(each.id) ? { ...each, isUntouched: false, mayHaveArrived: true } : each))
  if (tellings.length === 0 && planned.length === 0) return
  const { key, follow, rekey } = planPages({
    ownKey: incident === null ? dedupKey(alert) : incidentKey(alert.clusterId, incident.number),
    acknowledgedAt: incident?.acknowledgedAt ?? null,
    isTelling: planned.length > 0,
    sendsResolved,
    tellings,
  })
  await rekeyNotifications(tx, rekey, key)
  if (planned.length > 0) {
    const told = new Set([...tellings.map(({ alertId }) => alertId), ...planned.map(({ each }) => each.alert.id)])
    const page = incident === null ? undefined : pageOf(group, told, now)
    await insertNotifications(
      tx,
      planned.map((each) => newOf(each, { key, page })),
    )
  }
  await followNotifications(
    tx,
    follow.map((each) => followingOf(each, head, now)),
  )
}

/** Channels that were told of an alert's incident by another alert that it is critical. */
function toldCriticalBefore({ alert, ofIncident }: ToldAlert): string[] {
  return ofIncident
    .filter(({ alertId }) => alertId !== alert.id)
    .filter(({ kind, state, severity }) => kind === 'trigger' && state !== 'dropped' && severity === 'critical')
    .map(({ channelId }) => channelId)
}

function groupOf({ id, incidentId }: Alert): string {
  return incidentId ?? id
}

function groupsOf(all: readonly ToldAlert[]): ToldAlert[][] {
  const groups = new Map<string, ToldAlert[]>()
  for (const each of all) groups.set(groupOf(each.alert), [...(groups.get(groupOf(each.alert)) ?? []), each])
  return [...groups.values()]
}
