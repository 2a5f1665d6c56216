import { capital } from '#domain/words.ts'
import type { Alert, Incident } from './alert.ts'
import type { AlertCause, AlertSeverity } from './rule.ts'

/** An open incident with the alerts of it that fire. */
export interface OpenIncident {
  incident: Incident
  alerts: readonly Alert[]
}

/** Where an alert that fires belongs. */
export type Placement =
  /** Merely a note: it makes no incident. */
  | { kind: 'none' }
  | { kind: 'open' }
  /** Other incidents that turn out to be of its cause go into it. */
  | { kind: 'join'; incident: Incident; merged: Incident[] }

/**
 * Finds the incident of an alert: the open one of its cause, or one of a cause that takes it in and began within minutes of it. Where
 * the alert's cause stands above open ones of the same minutes, these become one with it.
 */
export function placementOf(alert: Alert, open: readonly OpenIncident[]): Placement {
  const above = open.filter(
    ({ incident, alerts }) => takesIn(incident.cause, alert) && isWithinMinutes(alert, incident, alerts),
  )
  const same = open.filter(({ incident }) => incident.cause === alert.cause)
  const below = open.filter(
    ({ incident, alerts }) =>
      alerts.some((other) => takesIn(alert.cause, other)) &&
      takesInCause(alert.cause, incident.cause) &&
      isWithinMinutes(alert, incident, alerts),
  )
  const [chosen] = [
    ...oldestFirst(above),
    ...oldestFirst(same),
    ...(alert.severity === 'info' ? [] : oldestFirst(below)),
  ]
  if (!chosen) return { kind: alert.severity === 'info' ? 'none' : 'open' }
  const merged = below.filter(({ incident }) => incident.id !== chosen.incident.id)
  return { kind: 'join', incident: chosen.incident, merged: merged.map(({ incident }) => incident) }
}

/**
 * What an incident is told as, by the alerts that fire or fired last: its cause, how bad it is, and a sentence. That is of an alert
 * that still holds, where one does: what merely keeps firing would tell of what is over.
 */
export function tellIncident(
  alerts: readonly Alert[],
  now: Date,
): Pick<Incident, 'cause' | 'severity' | 'sentence'> | null {
  const [head] = headFirst(alerts, alerts)
  if (!head) return null
  const holding = alerts.filter(
    ({ quietSince }) => quietSince === null || now.getTime() - quietSince.getTime() < quietMs,
  )
  const [teller = head] = headFirst(holding, alerts)
  const worst = severities.find((severity) => alerts.some((alert) => alert.severity === severity)) ?? 'info'
  return { cause: head.cause, severity: worst, sentence: sentenceOf(teller) }
}

/** What flaps does not make the sentence flap. */
const quietMs = 10_000

/** Alerts from what brings about to what follows from it, the worse first, then the older. */
export function headFirst(some: readonly Alert[], all: readonly Alert[]): Alert[] {
  return some.toSorted(
    (a, b) =>
      rankOf(a.cause, all) - rankOf(b.cause, all) ||
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      a.since.getTime() - b.since.getTime(),
  )
}

/** What an alert says, with whom it says it of. */
export function sentenceOf({
  title,
  subject,
  clusterName,
  summary,
}: Pick<Alert, 'title' | 'subject' | 'clusterName' | 'summary'>): string {
  return subject === clusterName ? summary : `${capital(title)} on ${subject}: ${summary}`
}

/** Worst first. */
export const severities = ['critical', 'warning', 'info'] as const satisfies readonly AlertSeverity[]

const within = 5 * 60_000

/** What follows from what: each cause takes in alerts of these. */
const consequences = {
  consensus: ['leadership', 'member', 'replication', 'routing', 'pooling'],
  leadership: ['member', 'replication', 'routing', 'pooling', 'workload', 'console'],
  member: ['replication', 'routing', 'pooling', 'workload', 'console'],
  capacity: ['replication', 'pooling', 'workload', 'backup'],
  replication: [],
  routing: ['pooling'],
  pooling: [],
  workload: ['pooling'],
  backup: [],
  console: [],
} as const satisfies Record<AlertCause, readonly AlertCause[]>

function takesInCause(above: AlertCause, below: AlertCause): boolean {
  const causes: readonly AlertCause[] = consequences[above]
  return causes.includes(below)
}

/** That the console sees nothing of a cluster follows from nothing in it; that an agent is gone may. */
function takesIn(cause: AlertCause, alert: Alert): boolean {
  return takesInCause(cause, alert.cause) && (alert.cause !== 'console' || alert.member !== null)
}

function isWithinMinutes(alert: Alert, { openedAt }: Incident, alerts: readonly Alert[]): boolean {
  const moments = [openedAt, ...alerts.map(({ since }) => since)]
  return moments.some((at) => Math.abs(at.getTime() - alert.since.getTime()) <= within)
}

/** How many of the causes that are there stand above it. */
function rankOf(cause: AlertCause, alerts: readonly Alert[]): number {
  return new Set(alerts.filter((other) => takesInCause(other.cause, cause)).map((other) => other.cause)).size
}

function oldestFirst(open: readonly OpenIncident[]): OpenIncident[] {
  return open.toSorted((a, b) => a.incident.openedAt.getTime() - b.incident.openedAt.getTime())
}
