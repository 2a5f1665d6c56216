import type { ClusterEvent } from '#domain/event.ts'
import { formatAge } from '#domain/format.ts'
import type { Problem } from '#domain/snapshot/reading.ts'
import { writeRouteOf } from '#domain/snapshot/route.ts'
import { listNames } from '#domain/words.ts'
import { reachChange, type Step } from './step.ts'

/** Changes around the members: etcd and its endpoints, HAProxy and where it sends writes. */
export function layerEvents(step: Step): ClusterEvent[] {
  return [...quorum(step), ...etcdEndpoints(step), ...haproxy(step), ...route(step)]
}

function quorum(step: Step): ClusterEvent[] {
  const { previous, next } = step
  if (!previous.etcd || !next.etcd) return []
  const before = previous.etcd.quorumProblem
  const change = reachChange(before, next.etcd.quorumProblem, step)
  if (change === null) return []
  return [
    layerEvent(step, {
      kind: change === 'lost' ? 'etcd-quorum-lost' : 'etcd-quorum-returned',
      severity: change === 'lost' ? 'critical' : 'info',
      sentence:
        change === 'lost' ? 'etcd no longer proves a quorum.' : `etcd has a quorum again${silence(before, step)}.`,
      from: change === 'lost' ? 'quorum' : 'no quorum',
      to: change === 'lost' ? 'no quorum' : 'quorum',
      sources: ['etcd'],
    }),
  ]
}

function etcdEndpoints(step: Step): ClusterEvent[] {
  const known = new Map((step.previous.etcd?.endpoints ?? []).map((endpoint) => [endpoint.url, endpoint]))
  return (step.next.etcd?.endpoints ?? []).flatMap(({ url, status, problem }) => {
    const before = known.get(url)
    const change = before ? reachChange(before.problem, problem, step) : null
    if (!before || change === null) return []
    const name = status?.name ? `etcd member ${status.name}` : `etcd at ${url}`
    return [
      layerEvent(step, {
        kind: change === 'lost' ? 'etcd-member-lost' : 'etcd-member-returned',
        severity: change === 'lost' ? 'warning' : 'info',
        sentence:
          change === 'lost' ? `${name} stopped answering.` : `${name} answers again${silence(before.problem, step)}.`,
        from: change === 'lost' ? 'answering' : 'silent',
        to: change === 'lost' ? 'silent' : 'answering',
        sources: [`etcd ${status?.name ?? url}`],
      }),
    ]
  })
}

function haproxy(step: Step): ClusterEvent[] {
  const { previous, next } = step
  if (!previous.haproxy || !next.haproxy) return []
  const before = previous.haproxy.problem
  const change = reachChange(before, next.haproxy.problem, step)
  if (change === null) return []
  return [
    layerEvent(step, {
      kind: change === 'lost' ? 'haproxy-lost' : 'haproxy-returned',
      severity: change === 'lost' ? 'warning' : 'info',
      sentence:
        change === 'lost'
          ? "HAProxy's statistics stopped answering."
          : `HAProxy's statistics answer again${silence(before, step)}.`,
      from: change === 'lost' ? 'answering' : 'silent',
      to: change === 'lost' ? 'silent' : 'answering',
      sources: ['haproxy'],
    }),
  ]
}

function route(step: Step): ClusterEvent[] {
  const before = writeRouteOf(step.previous)
  const after = writeRouteOf(step.next)
  if (!before || !after || before.backend !== after.backend) return []
  if (before.targets.join() === after.targets.join()) return []
  return [
    layerEvent(step, {
      kind: 'route-changed',
      severity: after.targets.length === 1 ? 'info' : 'warning',
      sentence:
        after.targets.length === 0
          ? 'HAProxy now sends writes to nobody.'
          : `HAProxy now sends writes to ${listNames(after.targets)}.`,
      from: before.targets.join(', ') || null,
      to: after.targets.join(', ') || null,
      sources: ['haproxy'],
    }),
  ]
}

function silence(before: Problem | null, { next }: Step): string {
  return before ? ` after ${formatAge(before.since, next.takenAt)}` : ''
}

function layerEvent({ next }: Step, event: Omit<ClusterEvent, 'at' | 'member'>): ClusterEvent {
  return { ...event, at: next.takenAt, member: null }
}
