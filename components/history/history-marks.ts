import type { ChartMark } from '#components/charts/place-marks.ts'
import { operationKindName } from '#components/operation/operation-words.ts'
import { paths } from '#components/paths.ts'
import type { Alert } from '#domain/alerts/alert.ts'
import { sentenceOf } from '#domain/alerts/incident-of.ts'
import type { EventKind, StoredEvent } from '#domain/event.ts'
import type { OperationRow } from '#domain/fleet/view.ts'

/** What can explain a curve: of the agents, and of what only follows from something else, there is no mark. */
export const markedKinds: EventKind[] = [
  'leader-changed',
  'leader-lost',
  'leader-writable',
  'leader-not-writable',
  'split-brain',
  'split-brain-ended',
  'unmanaged-primary',
  'timeline-changed',
  'failsafe-started',
  'failsafe-ended',
  'member-joined',
  'member-lost',
  'member-returned',
  'member-unreachable',
  'member-reachable',
  'state-changed',
  'replica-lagging',
  'replica-caught-up',
  'sync-standbys-changed',
  'paused',
  'resumed',
  'config-changed',
  'etcd-quorum-lost',
  'etcd-quorum-returned',
  'etcd-member-lost',
  'etcd-member-returned',
  'haproxy-lost',
  'haproxy-returned',
  'route-changed',
  'console-blind',
  'console-sees',
]

/** What is marked, each of which a reader may leave away. */
export const markSorts = ['events', 'operations', 'alerts'] as const

export type MarkSort = (typeof markSorts)[number]

/** A mark, and what it is of. */
export interface HistoryMark extends ChartMark {
  sort: MarkSort
}

/** Events, and the beginnings and ends of operations and alerts as marks. */
export function historyMarks({
  events,
  operations,
  alerts,
}: {
  events: readonly StoredEvent[]
  operations: readonly OperationRow[]
  alerts: readonly Alert[]
}): HistoryMark[] {
  return [
    ...events.map(({ id, at, sentence, severity, clusterName, operationId }) => ({
      key: `event ${id}`,
      sort: 'events' as const,
      at,
      sentence,
      href: operationId === null ? eventsAround(clusterName, at, at) : paths.operation(operationId),
      weight: severity,
    })),
    ...alerts.flatMap(marksOfAlert),
    ...operations.flatMap(({ id, kind, requestedAt, requestedBy, endedAt, outcome }): HistoryMark[] => {
      const name = operationKindName(kind)
      const href = paths.operation(id)
      const began = `${name} began, asked for by ${requestedBy}.`
      const ended = endedAt === null ? [] : [{ at: endedAt, sentence: outcome ?? `${name} ended.`, end: 'ended' }]
      return [{ at: requestedAt, sentence: began, end: 'began' }, ...ended].map(({ at, sentence, end }) => ({
        key: `operation ${id} ${end}`,
        sort: 'operations' as const,
        at,
        sentence,
        href,
        weight: 'act' as const,
      }))
    }),
  ]
}

/** Of one that never fired, or that an operation explains, nobody was told: it explains no curve either. */
function marksOfAlert(alert: Alert): HistoryMark[] {
  const { id, clusterName, firedAt, resolvedAt, severity, explainedBy } = alert
  if (firedAt === null || explainedBy !== null) return []
  const told = sentenceOf(alert)
  const begun = { key: `alert ${id} began`, at: firedAt, sentence: `Alert: ${told}`, weight: severity }
  const ended = { key: `alert ${id} ended`, at: resolvedAt, sentence: `Alert over: ${told}`, weight: 'info' as const }
  return [begun, ended].flatMap(({ at, ...mark }) =>
    at === null ? [] : [{ ...mark, at, sort: 'alerts' as const, href: eventsAround(clusterName, at, at) }],
  )
}

/** Where marks lead to: the one to its own page, several to the events of that time. */
export function linkOfMarks(cluster: string, marks: readonly ChartMark[]): string {
  const [first] = marks
  const last = marks.at(-1)
  if (!first || !last) return paths.clusterEvents(cluster)
  return marks.length === 1 ? first.href : eventsAround(cluster, first.at, last.at)
}

/** The events of a minute before to a minute after. */
function eventsAround(cluster: string, from: Date, to: Date): string {
  return paths.clusterEvents(cluster, {
    since: new Date(from.getTime() - aroundMs).toISOString(),
    until: new Date(to.getTime() + aroundMs).toISOString(),
  })
}

const aroundMs = 60_000
