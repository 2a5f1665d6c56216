import { hour, minute } from '#domain/alerts/catalogue/made-rule.ts'
import type { PrometheusRule } from './rule-file.ts'

type Given = Omit<PrometheusRule, 'keepFiringSeconds' | 'labels' | 'annotations'> & {
  summary: string
  description: string
}

function watchRule({ summary, description, ...given }: Given): PrometheusRule {
  return { ...given, keepFiringSeconds: 0, labels: { cause: 'console' }, annotations: { summary, description } }
}

/** What the console cannot alert on by itself: that it is not there, or stands still. */
export const watchRules: readonly PrometheusRule[] = [
  watchRule({
    alert: 'MatriarchGone',
    expr: 'absent(matriarch_store_reachable)',
    forSeconds: 2 * minute,
    severity: 'critical',
    summary: 'The console tells nothing',
    description: 'No console answers the scrape of /api/metrics: is it running, and is its token still good?',
  }),
  watchRule({
    alert: 'MatriarchStoreUnreachable',
    expr: 'matriarch_store_reachable == 0',
    forSeconds: minute,
    severity: 'critical',
    summary: 'The console does not reach its store',
    description:
      'The web process answers, and its store does not: nothing is kept, and no alert of the console can be told.',
  }),
  watchRule({
    alert: 'MatriarchNoWorker',
    expr: 'matriarch_workers_live == 0',
    forSeconds: minute,
    severity: 'critical',
    summary: 'No worker of the console lives',
    description: 'Nobody looks at the clusters, and no operation goes on.',
  }),
  watchRule({
    alert: 'MatriarchWorkerLost',
    expr: 'matriarch_worker_up == 0',
    forSeconds: 5 * minute,
    severity: 'warning',
    summary: 'A worker is lost: {{ $labels.worker }}',
    description:
      'It gave its last sign of life {{ with printf "matriarch_worker_heartbeat_age_seconds{worker=%q}" $labels.worker | query }}{{ . | first | value | humanizeDuration }}{{ end }} ago; others have taken over what it did, as far as there are others.',
  }),
  watchRule({
    alert: 'MatriarchWorkerLate',
    expr: 'matriarch_worker_loop_lateness_seconds > 1',
    forSeconds: 5 * minute,
    severity: 'warning',
    summary: 'A worker has too much to do: {{ $labels.worker }}',
    description: 'Its loop comes back {{ $value | humanizeDuration }} late: looks are late by as much.',
  }),
  watchRule({
    alert: 'MatriarchClusterUnwatched',
    expr: 'matriarch_cluster_view_age_seconds > 60',
    forSeconds: minute,
    severity: 'critical',
    summary: 'Nobody looks at {{ $labels.cluster }}',
    description: 'The newest view of it is {{ $value | humanizeDuration }} old.',
  }),
  watchRule({
    alert: 'MatriarchAlertsStandStill',
    expr: 'matriarch_alert_evaluation_age_seconds > 60',
    forSeconds: 0,
    severity: 'critical',
    summary: 'The alerts of {{ $labels.cluster }} stand still',
    description: 'Its rules were last asked {{ $value | humanizeDuration }} ago: none of them can fire in the console.',
  }),
  watchRule({
    alert: 'MatriarchOperationLong',
    expr: 'matriarch_operation_oldest_seconds{state="planned"} > 300',
    forSeconds: 0,
    severity: 'warning',
    summary: 'A {{ $labels.kind }} does not begin',
    description: 'It was asked for {{ $value | humanizeDuration }} ago and no worker has taken it.',
  }),
  watchRule({
    alert: 'MatriarchIncidentUnacknowledged',
    expr: 'matriarch_incidents_unacknowledged{severity="critical"} > 0',
    forSeconds: hour,
    severity: 'warning',
    summary: 'Nobody has acknowledged an incident of {{ $labels.cluster }}',
    description: 'For an hour it has had a critical incident that nobody has acknowledged.',
  }),
]
