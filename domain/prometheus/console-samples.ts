import type { AlertSeverity } from '#domain/alerts/rule.ts'
import { verdictOrder, type VerdictLevel } from '#domain/judgement/verdict.ts'
import { gauge, sample, wordSamples, type Family, type FamilySample } from './family.ts'

/** What the console knows of itself and of its clusters in a line each. */
export interface ConsolePulse {
  version: string
  clusters: readonly { name: string; level: VerdictLevel; seenAt: Date | null; isOperating: boolean }[]
  workers: readonly {
    executorId: string
    isLive: boolean
    silentSeconds: number
    lateSeconds: number | null
    leases: number
  }[]
  /** Silent for so long, by cluster. */
  evaluations: readonly { clusterName: string; silentSeconds: number }[]
  alerts: readonly { cluster: string; rule: string; severity: AlertSeverity; state: string; count: number }[]
  incidents: readonly { cluster: string; severity: AlertSeverity; count: number; unacknowledged: number }[]
  operations: readonly { kind: string; state: string; count: number; oldestSeconds: number }[]
  storeBytes: number
}

export const reachable = gauge('store_reachable', 'Whether the console reaches its own store, 1 if so.')

export const consoleFamilies = {
  build: gauge('build_info', 'The version of this console, as a label; always 1.'),
  workersLive: gauge('workers_live', 'Workers that gave a sign of life within 10 s.'),
  workerUp: gauge('worker_up', 'Whether a worker gave a sign of life within 10 s, 1 if so.'),
  heartbeatAge: gauge('worker_heartbeat_age_seconds', 'Time since the newest sign of life of a worker.'),
  lateness: gauge('worker_loop_lateness_seconds', 'How much later than asked for the loop of a worker came back last.'),
  leases: gauge('worker_leases', 'Clusters that a worker looks at.'),
  clusters: gauge('clusters', 'Clusters by verdict.'),
  verdict: gauge(
    'cluster_verdict',
    'Verdict on a cluster: 1 at the level that it has; unseen where the console cannot tell.',
  ),
  viewAge: gauge('cluster_view_age_seconds', 'Age of the newest view of a cluster.'),
  evaluationAge: gauge('alert_evaluation_age_seconds', 'Time since the alert rules of a cluster were last asked.'),
  firing: gauge('alerts_firing', 'Alerts of one rule that fire in a cluster.'),
  pending: gauge(
    'alerts_pending',
    'Alerts of one rule whose condition holds in a cluster, though not for long enough.',
  ),
  incidents: gauge('incidents_open', 'Open incidents of a cluster.'),
  unacknowledged: gauge('incidents_unacknowledged', 'Open incidents of a cluster that nobody has acknowledged.'),
  operations: gauge('operations_active', 'Operations that are asked for or under way.'),
  operationAge: gauge('operation_oldest_seconds', 'Time since the longest of the active operations was asked for.'),
  operating: gauge('cluster_is_operated_on', 'Whether an operation on the lead of a cluster is active, 1 if so.'),
  storeBytes: gauge('store_size_bytes', "Size of the console's own store."),
} as const satisfies Record<string, Family>

/** What the console tells of itself. */
export function consoleSamples(pulse: ConsolePulse, now: Date): FamilySample[] {
  const { workers, clusters } = pulse
  const f = consoleFamilies
  return [
    ...sample(f.build, { version: pulse.version }, 1),
    ...sample(f.workersLive, {}, workers.filter(({ isLive }) => isLive).length),
    ...workers.flatMap(({ executorId: worker, isLive, silentSeconds, lateSeconds, leases }) => [
      ...sample(f.workerUp, { worker }, isLive),
      ...sample(f.heartbeatAge, { worker }, silentSeconds),
      ...sample(f.lateness, { worker }, isLive ? lateSeconds : null),
      ...sample(f.leases, { worker }, leases),
    ]),
    ...verdictOrder.flatMap((verdict) =>
      sample(f.clusters, { verdict }, clusters.filter(({ level }) => level === verdict).length),
    ),
    ...clusters.flatMap(({ name: cluster, level, seenAt, isOperating }) => [
      ...wordSamples(f.verdict, { cluster }, { label: 'level', words: verdictOrder, is: level }),
      ...sample(f.viewAge, { cluster }, seenAt && Math.max(0, (now.getTime() - seenAt.getTime()) / 1000)),
      ...sample(f.operating, { cluster }, isOperating),
    ]),
    ...pulse.evaluations.flatMap(({ clusterName: cluster, silentSeconds }) =>
      sample(f.evaluationAge, { cluster }, silentSeconds),
    ),
    ...pulse.alerts.flatMap(({ cluster, rule, severity, state, count }) =>
      sample(state === 'firing' ? f.firing : f.pending, { cluster, rule, severity }, count),
    ),
    ...pulse.incidents.flatMap(({ cluster, severity, count, unacknowledged }) => [
      ...sample(f.incidents, { cluster, severity }, count),
      ...sample(f.unacknowledged, { cluster, severity }, unacknowledged),
    ]),
    ...pulse.operations.flatMap(({ kind, state, count, oldestSeconds }) => [
      ...sample(f.operations, { kind, state }, count),
      ...sample(f.operationAge, { kind, state }, oldestSeconds),
    ]),
    ...sample(f.storeBytes, {}, pulse.storeBytes),
  ]
}
