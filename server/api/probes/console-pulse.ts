import pack from '../../../package.json' with { type: 'json' }
import { ageRow } from '#domain/fleet/aged-row.ts'
import type { ConsolePulse } from '#domain/prometheus/console-samples.ts'
import type { FleetRow } from '#domain/fleet/view.ts'
import { readBeats } from '#server/store/alerts/beats.ts'
import { countAlerts, countIncidents } from '#server/store/alerts/count-alerts.ts'
import type { Store } from '#server/store/open.ts'
import { countOperations, storeBytes } from '#server/store/own-state.ts'
import { workerPulses } from '#server/store/workers.ts'

/** How the console itself stands, by what its store holds of these clusters. */
export async function readPulse({ pool }: Store, rows: readonly FleetRow[], now: Date): Promise<ConsolePulse> {
  const [workers, evaluations, alerts, incidents, operations, bytes] = await Promise.all([
    workerPulses(pool),
    readBeats(pool),
    countAlerts(pool),
    countIncidents(pool),
    countOperations(
      pool,
      rows.map(({ clusterId }) => clusterId),
    ),
    storeBytes(pool),
  ])
  const names = new Set(rows.map(({ name }) => name))
  return {
    version: pack.version,
    clusters: rows.map((row) => ({
      name: row.name,
      level: ageRow(row, now).level,
      seenAt: row.seenAt,
      isOperating: row.activeOperation !== null,
    })),
    workers,
    evaluations: evaluations.filter(({ clusterName }) => names.has(clusterName)),
    alerts: alerts.filter(({ cluster }) => names.has(cluster)),
    incidents: incidents.filter(({ cluster }) => names.has(cluster)),
    operations,
    storeBytes: bytes,
  }
}
