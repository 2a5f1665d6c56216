import type { StoredEvent } from '#domain/event.ts'
import type { IncidentLogs, LoggedProgram } from '#domain/logs/log-line.ts'
import type { OperationRow } from '#domain/fleet/view.ts'
import type { Alert, Incident } from './alert.ts'
import { sentenceOf } from './incident-of.ts'
import { logEntries } from './log-entries.ts'

/** One line of what happened around an incident. */
export interface TimelineEntry {
  at: Date
  kind: 'alert' | 'event' | 'operation' | 'note' | 'incident' | 'log'
  severity: 'critical' | 'warning' | 'info'
  sentence: string
  /** Of an operation; null for all else. */
  operationId: string | null
  /** Where a line of a log was written, `sentence` being its text; null for all else, and for what is told of the logs themselves. */
  log: { node: string; program: LoggedProgram; level: string; times: number } | null
}

/** What an incident's timeline is made of. */
export interface IncidentStory {
  incident: Incident
  alerts: readonly Alert[]
  events: readonly StoredEvent[]
  operations: readonly OperationRow[]
  notes: readonly { text: string; writtenBy: string; writtenAt: Date }[]
  /** Null = who asks may not see them. */
  logs: IncidentLogs | null
}

/** What happened from shortly before an incident until shortly after it, in order. */
export function timelineOf({ incident, alerts, events, operations, notes, logs }: IncidentStory): TimelineEntry[] {
  const entries = [
    ...alerts.flatMap(entriesOfAlert),
    // That an alert fired is told by the alert itself.
    ...events
      .filter(({ kind }) => kind !== 'alert-fired' && kind !== 'alert-resolved')
      .map(({ at, severity, sentence, operationId }) => entry('event', at, sentence, severity, operationId)),
    ...operations.flatMap(entriesOfOperation),
    ...notes.map(({ text, writtenBy, writtenAt }) => entry('note', writtenAt, `${writtenBy}: ${text}`)),
    ...(incident.acknowledgedAt === null
      ? []
      : [entry('incident', incident.acknowledgedAt, `${incident.acknowledgedBy ?? 'Somebody'} acknowledged it.`)]),
    ...(incident.closedAt === null ? [] : [entry('incident', incident.closedAt, closing(incident))]),
    ...(logs === null ? [] : logEntries(logs, storySpan(incident, incident.openedAt).from)),
  ]
  return entries.toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

/** The stretch of time that a timeline tells of. */
export function storySpan(
  { openedAt, closedAt }: Pick<Incident, 'openedAt' | 'closedAt'>,
  now: Date,
): { from: Date; to: Date } {
  return {
    from: new Date(openedAt.getTime() - aroundMs),
    to: closedAt === null ? now : new Date(closedAt.getTime() + aroundMs),
  }
}

const aroundMs = 5 * 60_000

function entriesOfAlert(alert: Alert): TimelineEntry[] {
  const { firedAt, resolvedAt, severity } = alert
  return [
    ...(firedAt === null ? [] : [entry('alert', firedAt, sentenceOf(alert), severity)]),
    ...(resolvedAt === null ? [] : [entry('alert', resolvedAt, `No longer: ${sentenceOf(alert)}`)]),
  ]
}

function entriesOfOperation({ id, kind, requestedBy, reason, requestedAt, endedAt, outcome, state }: OperationRow) {
  const asked = `${requestedBy} asked for a ${kind}: ${reason}`
  return [
    entry('operation', requestedAt, asked, 'info', id),
    ...(endedAt === null
      ? []
      : [
          entry(
            'operation',
            endedAt,
            outcome ?? `The ${kind} ended: ${state}.`,
            state === 'failed' ? 'warning' : 'info',
            id,
          ),
        ]),
  ]
}

function closing({ mergedInto }: Incident): string {
  return mergedInto === null ? 'Its last alert resolved.' : `It turned out to be part of incident ${mergedInto}.`
}

function entry(
  kind: TimelineEntry['kind'],
  at: Date,
  sentence: string,
  severity: TimelineEntry['severity'] = 'info',
  operationId: string | null = null,
): TimelineEntry {
  return { at, kind, severity, sentence, operationId, log: null }
}
