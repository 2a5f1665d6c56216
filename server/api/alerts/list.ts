import type { Alert, AlertState, Silence } from '#domain/alerts/alert.ts'
import { standStill } from '#domain/alerts/catalogue/console-rules.ts'
import type { AlertSeverity } from '#domain/alerts/rule.ts'
import { readBeats } from '#server/store/alerts/beats.ts'
import { listAlerts } from '#server/store/alerts/list-alerts.ts'
import { openSilences } from '#server/store/alerts/silences.ts'
import { mutedClusters, type MutedCluster } from '#server/store/maintenance/windows.ts'
import type { Store } from '#server/store/open.ts'
import { needCluster } from '../clusters/need.ts'
import { isAmong, type ClusterIds } from '../readable.ts'

interface Asked {
  cluster?: string | undefined
  clusterIds: ClusterIds
  states: AlertState[]
  severity?: AlertSeverity | undefined
  since?: Date | undefined
  until?: Date | undefined
  limit: number
}

export interface ListedAlerts {
  alerts: Alert[]
  /** Those that concern them and have not ended. */
  silences: Silence[]
  /** Clusters under maintenance: of their alerts nobody is told until then. */
  muted: MutedCluster[]
  /** Clusters whose alerts nobody has looked at for a minute: of them nothing can be said, whatever is listed. */
  standingStill: { cluster: string; evaluatedAt: Date | null }[]
  serverNow: Date
}

/** The alerts of one cluster or of all, and where the looking itself stands still. */
export async function listAlertsOf(store: Store, { cluster: name, ...filter }: Asked): Promise<ListedAlerts> {
  const clusterId = name === undefined ? null : (await needCluster(store, name)).id
  const [alerts, silences, beats, muted] = await Promise.all([
    listAlerts(store, { ...filter, clusterId: clusterId ?? undefined }),
    openSilences(store.pool, clusterId, filter.clusterIds),
    readBeats(store.pool, clusterId),
    mutedClusters(store.pool, clusterId),
  ])
  const longest = standStill.parameters['seconds']?.value ?? 60
  return {
    alerts,
    silences,
    muted: muted.filter(({ clusterId: id }) => isAmong(filter.clusterIds, id)),
    standingStill: beats
      .filter(({ silentSeconds, clusterId: id }) => silentSeconds > longest && isAmong(filter.clusterIds, id))
      .map(({ clusterName, evaluatedAt }) => ({ cluster: clusterName, evaluatedAt })),
    serverNow: new Date(),
  }
}
