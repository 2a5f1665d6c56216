import type { ChartMark } from '#components/charts/place-marks.ts'
import { operationKindName } from '#components/operation/operation-words.ts'
import { paths } from '#components/paths.ts'
import type { EventKind, StoredEvent } from '#domain/event.ts'
import type { OperationRow } from '#domain/view.ts'

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

/** Events and the beginnings and ends of operations as marks. */
export function historyMarks(events: readonly StoredEvent[], operations: readonly OperationRow[]): ChartMark[] {
  return [
    ...events.map(({ id, at, sentence, severity, clusterName, operationId }) => ({
      key: `event ${id}`,
      at,
      sentence,
      href: operationId === null ? eventsAround(clusterName, at, at) : paths.operation(operationId),
      weight: severity,
    })),
    ...operations.flatMap(({ id, kind, requestedAt, requestedBy, endedAt, outcome }): ChartMark[] => {
      const name = operationKindName(kind)
      const href = paths.operation(id)
      const began = `${name} began, asked for by ${requestedBy}.`
      const ended = endedAt === null ? [] : [{ at: endedAt, sentence: outcome ?? `${name} ended.`, end: 'ended' }]
      return [{ at: requestedAt, sentence: began, end: 'began' }, ...ended].map(({ at, sentence, end }) => ({
        key: `operation ${id} ${end}`,
        at,
        sentence,
        href,
        weight: 'act' as const,
      }))
    }),
  ]
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
