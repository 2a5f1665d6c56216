import type pg from 'pg'
import type { Alert } from '#domain/alerts/alert.ts'
import { ruleOf } from '#domain/alerts/catalogue/catalogue.ts'
import { sentenceOf } from '#domain/alerts/incident-of.ts'
import { peakOf, peakWords, type Peak } from '#domain/alerts/notify/peak-of.ts'
import { planTellings, type Planned } from '#domain/alerts/notify/plan-tellings.ts'
import { dedupKey, type Told } from '#domain/alerts/notify/told.ts'
import { withoutSecrets } from '#domain/alerts/notify/without-secrets.ts'
import { silencedBy } from '#domain/alerts/silenced.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import { openSilences } from '#server/store/alerts/silences.ts'
import { listChannels } from '#server/store/notifications/channels.ts'
import {
  closeNotifications,
  dropNotifications,
  insertNotifications,
  type NewNotification,
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

/** Writes down what is to be told by now of all clusters, each for itself: escalations, what a silence held back, ends that nobody kept. */
export async function tellAll(store: Store, now: Date): Promise<void> {
  for (const clusterId of await clustersToTell(store.pool)) {
    await inTransaction(store, (tx) => tellIn(tx, { clusterId, alertIds: null, now }))
  }
}

async function tellIn(
  tx: pg.PoolClient,
  { clusterId, alertIds, now }: { clusterId: string; alertIds: string[] | null; now: Date },
): Promise<void> {
  await lockTelling(tx, clusterId)
  const channels = await listChannels(tx)
  if (channels.length === 0) return
  const [routes, silences, all] = [
    await listRoutes(tx),
    await openSilences(tx, clusterId),
    await readToldAlerts(tx, clusterId, alertIds),
  ]
  const tell: NewNotification[] = []
  const drop: { id: number; why: string }[] = []
  const peaks: (Peak & { alertId: string })[] = []
  // What one alert of an incident tells now, the next ones of it know of.
  const told = new Map<string, Set<string>>()
  for (const each of all) {
    const { alert, incident, tellings, toldOfIncident } = each
    const peak = alert.state === 'firing' ? peakOf(alert, each.peak) : each.peak
    if (peak !== null && peak.value !== each.peak?.value) peaks.push({ ...peak, alertId: alert.id })
    const known = told.get(alert.incidentId ?? alert.id) ?? new Set()
    const plan = planTellings(
      {
        alert,
        incident,
        silence: silencedBy(alert, silences, now),
        labels: each.labels,
        tellings,
        toldOfIncident: new Set([...toldOfIncident, ...known]),
      },
      { routes, channels, now },
    )
    for (const planned of plan.tell) {
      known.add(planned.channelId)
      tell.push(newOf(planned, each, peak))
    }
    told.set(alert.incidentId ?? alert.id, known)
    drop.push(...plan.drop)
  }
  await savePeaks(tx, peaks)
  await dropNotifications(tx, drop)
  await insertNotifications(tx, tell)
  const over = all.flatMap(({ alert }) => (alert.state === 'resolved' ? [alert.id] : []))
  await closeNotifications(
    tx,
    over,
    drop.map(({ id }) => id),
  )
}

function newOf({ channelId, kind, news, waitMs }: Planned, each: ToldAlert, peak: Peak | null): NewNotification {
  const { alert, incident, labels } = each
  return {
    channelId,
    incidentId: alert.incidentId,
    kind,
    waitMs,
    told: {
      ...toldOf(alert, labels),
      news,
      incident: incident?.number ?? null,
      acknowledgedBy: incident?.acknowledgedBy ?? null,
      peak: peak === null ? null : peakWords(alert.ruleId, peak),
    },
  }
}

function toldOf(alert: Alert, labels: string[]): Omit<Told, 'news' | 'incident' | 'acknowledgedBy' | 'peak'> {
  const { id, ruleId, title, subject, member, clusterId, clusterName, cause, severity, since, resolvedAt } = alert
  return {
    key: dedupKey(alert),
    alertId: id,
    ruleId,
    title,
    subject,
    member,
    clusterId,
    cluster: clusterName,
    labels,
    cause,
    severity,
    sentence: withoutSecrets(sentenceOf(alert)),
    since,
    resolvedAt,
    runbook: ruleOf(ruleId)?.runbook ?? null,
  }
}
