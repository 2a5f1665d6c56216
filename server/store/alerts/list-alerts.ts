import type { Alert, AlertState } from '#domain/alerts/alert.ts'
import type { AlertSeverity } from '#domain/alerts/rule.ts'
import type { Store } from '../open.ts'
import { alertColumns, alertOf, type AlertRow } from './alert-row.ts'

export interface AlertFilter {
  clusterId?: string | undefined
  /** Only of these clusters; null or absent = of all. */
  clusterIds?: readonly string[] | null | undefined
  /** Absent = all that go on. */
  states?: readonly AlertState[] | undefined
  severity?: AlertSeverity | undefined
  incidentId?: string | undefined
  /** Only those that went on at some time from then on, and before then. */
  since?: Date | undefined
  until?: Date | undefined
  limit: number
}

/** Alerts, the newest first. */
export async function listAlerts(store: Store, filter: AlertFilter): Promise<Alert[]> {
  const { rows } = await store.pool.query<AlertRow>(
    `select ${alertColumns} from alert a
      where ($1::uuid is null or a.cluster_id = $1)
        and a.state = any($2::text[])
        and ($3::text is null or a.severity = $3)
        and ($4::uuid is null or a.incident_id = $4)
        and ($5::timestamptz is null or a.resolved_at is null or a.resolved_at >= $5)
        and ($7::uuid[] is null or a.cluster_id = any($7))
        and ($8::timestamptz is null or a.since < $8)
      order by a.since desc, a.id
      limit $6`,
    [
      filter.clusterId ?? null,
      filter.states ?? ['pending', 'firing'],
      filter.severity ?? null,
      filter.incidentId ?? null,
      filter.since ?? null,
      filter.limit,
      filter.clusterIds ?? null,
      filter.until ?? null,
    ],
  )
  return rows.map((row) => withoutInnards(alertOf(row)))
}

/** What only the engine needs stays here. */
function withoutInnards({ countsFrom: _counts, ...alert }: ReturnType<typeof alertOf>): Alert {
  return alert
}
