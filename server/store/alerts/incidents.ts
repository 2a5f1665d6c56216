import type { Incident, KeptAlert } from '#domain/alerts/alert.ts'
import type { Store } from '../open.ts'
import type { Queryable } from '../queryable.ts'
import { alertColumns, alertOf, type AlertRow } from './alert-row.ts'

/** A note that a person wrote on an incident. */
export interface IncidentNote {
  text: string
  writtenBy: string
  writtenAt: Date
}

/** The open incidents of a cluster with the alerts of them that fire; held until the end of the transaction. */
export async function openIncidents(
  tx: Queryable,
  clusterId: string,
): Promise<{ incident: Incident; alerts: KeptAlert[] }[]> {
  const { rows } = await tx.query<Incident>(
    `select ${columns} from incident i where i.cluster_id = $1 and i.closed_at is null order by i.number for update`,
    [clusterId],
  )
  if (rows.length === 0) return []
  const { rows: alerts } = await tx.query<AlertRow>(
    `select ${alertColumns} from alert a where a.incident_id = any($1::uuid[]) and a.state = 'firing'`,
    [rows.map(({ id }) => id)],
  )
  const kept = alerts.map(alertOf)
  return rows.map((incident) => ({ incident, alerts: kept.filter(({ incidentId }) => incidentId === incident.id) }))
}

/** Opens an incident; its number is the store's to give. */
export async function insertIncident(
  tx: Queryable,
  incident: Omit<Incident, 'number' | 'closedAt' | 'acknowledgedAt' | 'acknowledgedBy' | 'mergedInto'>,
): Promise<Incident> {
  const { rows } = await tx.query<Incident>(
    `insert into incident as i (id, cluster_id, cluster_name, cause, severity, sentence, opened_at)
     values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
    [
      incident.id,
      incident.clusterId,
      incident.clusterName,
      incident.cause,
      incident.severity,
      incident.sentence,
      incident.openedAt,
    ],
  )
  const [row] = rows
  if (!row) throw new Error('The incident was not kept.')
  return row
}

/** Writes what an incident is by now; whether somebody knows of it is not the workers' to say. */
export async function updateIncident(
  tx: Queryable,
  { id, cause, severity, sentence, closedAt, mergedInto }: Incident,
): Promise<void> {
  await tx.query(
    'update incident set cause = $2, severity = $3, sentence = $4, closed_at = $5, merged_into = $6 where id = $1',
    [id, cause, severity, sentence, closedAt, mergedInto],
  )
}

/** Puts all alerts of one incident into another, those that have resolved too. */
export async function moveAlerts(tx: Queryable, from: string, into: string): Promise<void> {
  await tx.query('update alert set incident_id = $2 where incident_id = $1', [from, into])
}

export interface IncidentFilter {
  clusterId?: string | undefined
  /** Only of these clusters; null or absent = of all. */
  clusterIds?: readonly string[] | null | undefined
  /** True = only those that are open. */
  isOpen?: boolean | undefined
  /** Only those with a smaller number: the next page. */
  before?: number | undefined
  limit: number
}

/** Incidents, the newest first, with how many alerts of each fire. */
export async function listIncidents(
  store: Store,
  filter: IncidentFilter,
): Promise<(Incident & { firing: number; alerts: number })[]> {
  const { rows } = await store.pool.query<Incident & { firing: number; alerts: number }>(
    `select ${columns},
            (select count(*) from alert a where a.incident_id = i.id and a.state = 'firing')::int as firing,
            (select count(*) from alert a where a.incident_id = i.id)::int as alerts
       from incident i
      where ($1::uuid is null or i.cluster_id = $1)
        and (not $2::boolean or i.closed_at is null)
        and ($3::int is null or i.number < $3)
        and ($5::uuid[] is null or i.cluster_id = any($5))
      order by i.number desc
      limit $4`,
    [filter.clusterId ?? null, filter.isOpen ?? false, filter.before ?? null, filter.limit, filter.clusterIds ?? null],
  )
  return rows
}

/** The incident of a number; null where there is none. */
export async function findIncident(on: Queryable, number: number): Promise<Incident | null> {
  const { rows } = await on.query<Incident>(`select ${columns} from incident i where i.number = $1`, [number])
  return rows[0] ?? null
}

/** What people wrote on an incident, oldest first. */
export async function notesOf(store: Store, incidentId: string): Promise<IncidentNote[]> {
  const { rows } = await store.pool.query<IncidentNote>(
    `select text, written_by as "writtenBy", written_at as "writtenAt" from incident_note
      where incident_id = $1 order by written_at`,
    [incidentId],
  )
  return rows
}

/** Adds a note to an incident. */
export async function insertNote(
  tx: Queryable,
  { incidentId, text, writtenBy }: { incidentId: string; text: string; writtenBy: string },
): Promise<void> {
  await tx.query('insert into incident_note (incident_id, text, written_by) values ($1, $2, $3)', [
    incidentId,
    text,
    writtenBy,
  ])
}

/** Says that somebody knows of an incident; false where somebody else had said so. */
export async function acknowledgeIncident(tx: Queryable, id: string, by: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update incident set acknowledged_at = clock_timestamp(), acknowledged_by = $2 where id = $1 and acknowledged_at is null',
    [id, by],
  )
  return rowCount === 1
}

const columns = `
  i.id, i.number, i.cluster_id as "clusterId", i.cluster_name as "clusterName", i.cause, i.severity, i.sentence,
  i.opened_at as "openedAt", i.closed_at as "closedAt", i.acknowledged_at as "acknowledgedAt",
  i.acknowledged_by as "acknowledgedBy", i.merged_into as "mergedInto"`
