import { clusterValues } from './cluster-values.ts'
import type { Counted } from './counted.ts'
import { followLeader } from './leader-path.ts'
import { leaderPositions } from './leader-positions.ts'
import { memberSample } from './member-sample.ts'
import { metrics, type Sample, type SubjectKind } from './metrics.ts'
import { serverLines } from './traffic-values.ts'
import { freshLook, sweepAt } from './sweep.ts'
import { type Counters, keyOf, type SweepSeen } from './sweep-seen.ts'

/** One sample of the cluster and one of each member, and what the next sweep needs. What was not seen, or only long ago, is null. */
export function samplesOf(seen: SweepSeen): { samples: Sample[]; counters: Counters } {
  const { snapshot, stack, before, now } = seen
  const at = sweepAt(now)
  const path = followLeader(before?.path ?? null, leaderPositions(snapshot, stack, now), now)
  const haproxy = freshLook(stack?.haproxy, now)
  const traffic = haproxy && { lines: serverLines(haproxy.value, snapshot), seenAt: haproxy.seenAt }
  const counted = new Map<string, Counted>()
  const members = snapshot.members.map((member): Sample => {
    const sample = memberSample({ member, seen, path, traffic })
    for (const [layer, looked] of sample.counted) counted.set(keyOf(layer, member.name), looked)
    return { subject: { kind: 'member', name: member.name }, at, values: inOrder('member', sample.values) }
  })
  const cluster: Sample = {
    subject: { kind: 'cluster' },
    at,
    values: inOrder('cluster', clusterValues(seen)),
  }
  const samples = [cluster, ...members].filter(({ values }) => values.some((value) => value !== null))
  return { samples, counters: { counted, path } }
}

function inOrder(kind: SubjectKind, values: Readonly<Partial<Record<string, number | null>>>): (number | null)[] {
  return metrics[kind].map(({ name }) => {
    const value = values[name] ?? null
    return value !== null && Number.isFinite(value) ? value : null
  })
}
