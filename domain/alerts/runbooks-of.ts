import type { Alert } from './alert.ts'
import { ruleOf } from './catalogue/catalogue.ts'
import { headFirst } from './incident-of.ts'

/** The runbooks of an incident's alerts, the one to read first before the others: of what still fires, and of what brings about the rest. */
export function runbooksOf(alerts: readonly Alert[]): string[] {
  const isFiring = ({ state }: Alert) => state === 'firing'
  const firing = alerts.filter(isFiring)
  const ended = alerts.filter((alert) => !isFiring(alert))
  const ordered = [...headFirst(firing, alerts), ...headFirst(ended, alerts)]
  return [...new Set(ordered.flatMap(({ ruleId }) => ruleOf(ruleId)?.runbook ?? []))]
}
