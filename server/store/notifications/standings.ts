import type { KeptAlert } from '#domain/alerts/alert.ts'
import type { Peak } from '#domain/alerts/notify/peak-of.ts'
import type { Telling } from '#domain/alerts/notify/plan-tellings.ts'
import { alertColumns, alertOf, type AlertRow } from '../alerts/alert-row.ts'
import type { Queryable } from '../queryable.ts'

/** An alert with what was told of it. */
export interface ToldAlert {
  alert: KeptAlert
  incident: { number: number; acknowledgedAt: Date | null; acknowledgedBy: string | null } | null
  /** Of its cluster; as they were told where that was removed. */
  labels: string[]
  /** Its cluster is registered no more. */
  isRemoved: boolean
  peak: Peak | null
  tellings: Telling[]
  /** What was told of all alerts that are in its incident by now, of itself where it is in none. */
  ofIncident: IncidentTelling[]
}

/** What was told of one alert, that being where it is now. */
export interface IncidentTelling extends Telling {
  alertId: string
  key: string
  mayHaveArrived: boolean
  isFiring: boolean
  /** Of the cluster, as they were told. */
  labels: string[]
}

/** Of several that plan what is told of a cluster one does at a time, until the end of its transaction. */
export async function lockTelling(tx: Queryable, clusterId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('matriarch.tell ' || $1, 0))`, [clusterId])
}

/** Clusters of which something fires, or was told and its end was not; none while nobody could be told. */
export async function clustersToTell(on: Queryable): Promise<string[]> {
  const { rows } = await on.query<{ id: string }>(
    `select distinct cluster_id as id from alert where state = 'firing' and exists (select from channel)
      union select distinct cluster_id from notification where is_open and cluster_id is not null`,
  )
  return rows.map(({ id }) => id)
}

/** The alerts of a cluster of which there is something to tell, or those of these ids and what else fires of their incidents. */
export async function readToldAlerts(
  tx: Queryable,
  clusterId: string,
  alertIds: readonly string[] | null,
): Promise<ToldAlert[]> {
  const { rows } = await tx.query<
    AlertRow & {
      number: number | null
      acknowledgedAt: Date | null
      acknowledgedBy: string | null
      labels: string[] | null
      isRemoved: boolean
      fact: string | null
      value: number | null
    }
  >(
    `select ${alertColumns}, i.number, i.acknowledged_at as "acknowledgedAt", i.acknowledged_by as "acknowledgedBy",
            c.labels, c.id is null as "isRemoved", p.fact, p.value
       from alert a
       left join incident i on i.id = a.incident_id
       left join cluster c on c.id = a.cluster_id
       left join alert_peak p on p.alert_id = a.id
      where a.cluster_id = $1
        and case when $2::uuid[] is not null
            then a.id = any($2) or (a.state = 'firing' and a.incident_id in (select b.incident_id from alert b where b.id = any($2)))
            else a.state = 'firing' or (a.state = 'resolved' and a.id in (select n.alert_id from notification n where n.is_open)) end
      order by a.since, a.id`,
    [clusterId, alertIds],
  )
  if (rows.length === 0) return []
  const told = await tellingsOf(tx, rows)
  return rows.map(({ number, acknowledgedAt, acknowledgedBy, labels, isRemoved, fact, value, ...row }) => {
    const alert = alertOf(row)
    const ofIncident = told.filter(({ alertId, incidentId }) =>
      alert.incidentId === null ? alertId === alert.id : incidentId === alert.incidentId,
    )
    const tellings = ofIncident.filter(({ alertId }) => alertId === alert.id)
    return {
      alert,
      incident: number === null ? null : { number, acknowledgedAt, acknowledgedBy },
      labels: labels ?? tellings.at(-1)?.labels ?? [],
      isRemoved,
      peak: fact === null || value === null ? null : { fact, value },
      tellings,
      ofIncident,
    }
  })
}

/** Keeps the worst amounts that alerts were found with. */
export async function savePeaks(tx: Queryable, peaks: readonly (Peak & { alertId: string })[]): Promise<void> {
  if (peaks.length === 0) return
  await tx.query(
    `insert into alert_peak (alert_id, fact, value)
     select "alertId", fact, value from jsonb_to_recordset($1::jsonb) as given ("alertId" uuid, fact text, value float8)
     on conflict (alert_id) do update set fact = excluded.fact, value = excluded.value`,
    [JSON.stringify(peaks)],
  )
}

async function tellingsOf(tx: Queryable, alerts: readonly Pick<AlertRow, 'id' | 'incidentId'>[]) {
  const { rows } = await tx.query<IncidentTelling & { incidentId: string | null }>(
    `select n.id, n.alert_id as "alertId", a.incident_id as "incidentId", n.channel_id as "channelId", n.dedup_key as key, n.kind,
            n.severity, n.state, n.attempts = 0 as "isUntouched", n.created_at as "createdAt", n.sent_at as "sentAt",
            n.state = 'sent' or n.attempts > case n.state when 'dead' then 1 else 0 end as "mayHaveArrived",
            a.state = 'firing' as "isFiring", n.told->'labels' as labels
       from notification n join alert a on a.id = n.alert_id
      where n.kind <> 'test' and (a.id = any($1::uuid[]) or a.incident_id = any($2::uuid[]))
      order by n.id`,
    [
      alerts.map(({ id }) => id),
      [...new Set(alerts.flatMap(({ incidentId }) => (incidentId === null ? [] : [incidentId])))],
    ],
  )
  return rows
}
