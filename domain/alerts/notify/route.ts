import { listNames } from '#domain/words.ts'
import { formatDuration } from '#domain/format.ts'
import { severities } from '#domain/alerts/incident-of.ts'
import type { AlertSeverity } from '#domain/alerts/rule.ts'
import { canBeTold, type Channel } from './channel.ts'
import { hoursWords, isWithin, type Hours } from './hours.ts'

/** Who is told of which alerts, and who after them when nobody answers. */
export interface Route {
  id: string
  /** At least so bad. */
  severity: AlertSeverity
  /** Null = of any cluster. */
  cluster: { id: string; name: string } | null
  /** Null = whatever labels a cluster has. */
  label: string | null
  /** Null = at any time. */
  hours: Hours | null
  /** In the order of their time. */
  steps: RouteStep[]
  /** Told again after so many minutes while it fires and nobody has acknowledged it; null = never. */
  repeatMinutes: number | null
  /** True = the routes below are looked at too. */
  goesOn: boolean
}

export interface RouteStep {
  /** Without acknowledgement; 0 = at once. */
  afterMinutes: number
  channelIds: string[]
}

/** The routes by which an alert is told now: the first that matches, and those below as long as each goes on. */
export function routesFor(
  alert: { severity: AlertSeverity; clusterId: string },
  labels: readonly string[],
  routes: readonly Route[],
  now: Date,
): Route[] {
  const found: Route[] = []
  for (const route of routes) {
    if (!isFor(route, alert, labels, now)) continue
    found.push(route)
    if (!route.goesOn) break
  }
  return found
}

/** True for a route by which nobody is told: all channels that it leads to are paused. */
export function leadsToNobody(
  { steps }: Pick<Route, 'steps'>,
  channels: readonly Pick<Channel, 'id' | 'settings' | 'isPaused'>[],
): boolean {
  return !steps.some(({ channelIds }) => channels.some((one) => channelIds.includes(one.id) && canBeTold(one)))
}

/** A route as a sentence, with the names of its channels. */
export function routeSentence(route: Route, nameOf: (channelId: string) => string): string {
  const { steps, repeatMinutes, goesOn } = route
  const told = steps.map(({ afterMinutes, channelIds }) => {
    const names = listNames(channelIds.map(nameOf))
    return afterMinutes === 0 ? `at once to ${names}` : `after ${formatDuration(afterMinutes * 60_000)} to ${names}`
  })
  const again = repeatMinutes === null ? '' : ` Again every ${formatDuration(repeatMinutes * 60_000)}.`
  return `${whichWords(route)}: ${told.join(', ')}.${again}${goesOn ? ' Then the routes below.' : ''}`
}

function isFor(
  { severity, cluster, label, hours }: Route,
  alert: { severity: AlertSeverity; clusterId: string },
  labels: readonly string[],
  now: Date,
): boolean {
  return (
    severities.indexOf(alert.severity) <= severities.indexOf(severity) &&
    (cluster === null || cluster.id === alert.clusterId) &&
    (label === null || labels.includes(label)) &&
    (hours === null || isWithin(hours, now))
  )
}

function whichWords({ severity, cluster, label, hours }: Route): string {
  const where = cluster === null ? '' : ` of ${cluster.name}`
  const labelled = label === null ? '' : `${cluster === null ? ' of clusters' : ''} labelled ${label}`
  const when = hours === null ? '' : `, ${hoursWords(hours)}`
  return `${severityWords[severity]}${where}${labelled}${when}`
}

const severityWords = {
  critical: 'Critical alerts',
  warning: 'Critical alerts and warnings',
  info: 'All alerts and notes',
} as const satisfies Record<AlertSeverity, string>
