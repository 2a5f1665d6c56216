import type { Alert } from '#domain/alerts/alert.ts'
import { listNames } from '#domain/words.ts'

/** Whom an incident concerns, in a sentence: what of the cluster, by the alerts of it that fire, or fired. */
export function whomItConcerns(clusterName: string, alerts: readonly Alert[]): string {
  const firing = alerts.filter(({ state }) => state !== 'resolved')
  const subjects = (firing.length > 0 ? firing : alerts).map(({ subject, member }) => member ?? subject)
  const names = [...new Set(subjects)].filter((name) => name !== clusterName)
  if (names.length === 0) return `It concerns ${clusterName} as a whole.`
  const told = names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : listNames(names)
  return `It concerns ${told} of ${clusterName}.`
}
