import type { Alert } from '#domain/alerts/alert.ts'
import { severities } from '#domain/alerts/incident-of.ts'

/** Alerts that go on, by what is known of them. */
export interface AlertGroups {
  firing: Alert[]
  /** They held when last seen, and nobody can tell whether they still do. */
  unknown: Alert[]
  /** They hold, and not yet for as long as their rule says. */
  pending: Alert[]
  /** They fire because of what an operation does. */
  explained: Alert[]
}

/** Puts alerts that go on into groups, worst first, then the oldest. */
export function groupAlerts(alerts: readonly Alert[]): AlertGroups {
  const groups: AlertGroups = { firing: [], unknown: [], pending: [], explained: [] }
  for (const alert of alerts.toSorted(byGravityThenAge)) groups[groupOf(alert)].push(alert)
  return groups
}

function groupOf(alert: Alert): keyof AlertGroups {
  if (alert.unknownSince !== null) return 'unknown'
  if (alert.state === 'pending') return 'pending'
  return alert.explainedBy === null ? 'firing' : 'explained'
}

/** The gravest first, then the oldest. */
function byGravityThenAge(a: Pick<Alert, 'severity' | 'since'>, b: Pick<Alert, 'severity' | 'since'>): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity) || a.since.getTime() - b.since.getTime()
}
