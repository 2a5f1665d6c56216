import { etcdCount } from '#domain/snapshot/etcd-count.ts'
import { writeRouteOf } from '#domain/snapshot/route.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { isStale, lookIntervalsMs } from '#domain/snapshot/staleness.ts'
import { listNames } from '#domain/words.ts'
import { streamsOf } from './streams.ts'

/** The four layers in words, from the clients' side down, for those who do not see the drawing. */
export function describeTopology(snapshot: Snapshot, now: Date): string {
  return [
    haproxySentence(snapshot, now),
    poolerSentence(snapshot),
    ...memberSentences(snapshot),
    etcdSentence(snapshot, now),
  ]
    .filter(Boolean)
    .join(' ')
}

function haproxySentence(snapshot: Snapshot, now: Date): string {
  const { haproxy } = snapshot
  if (!haproxy) return 'HAProxy is not watched.'
  if (isStale(haproxy.seenAt, now, lookIntervalsMs.haproxy)) return 'HAProxy is not seen now.'
  const route = writeRouteOf(snapshot)
  if (!route) return 'HAProxy has no backend whose name says that it takes writes.'
  return `HAProxy sends writes to ${route.targets.length === 0 ? 'nobody' : listNames(route.targets)}.`
}

function poolerSentence({ members }: Snapshot): string {
  const poolers = members.filter(({ pooler }) => pooler !== null)
  if (poolers.length === 0) return 'pgBouncer is not watched.'
  const silent = poolers.filter(({ pooler }) => pooler?.problem)
  const answering = poolers.filter((member) => !silent.includes(member))
  const parts = [
    answering.length === 0 ? '' : `answers on ${listNames(answering.map(({ name }) => name))}`,
    silent.length === 0 ? '' : `does not answer on ${listNames(silent.map(({ name }) => name))}`,
  ]
  return `pgBouncer ${parts.filter(Boolean).join(', but ')}.`
}

function memberSentences(snapshot: Snapshot): string[] {
  const bySource = new Map<string, string[]>()
  for (const stream of streamsOf(snapshot)) {
    bySource.set(stream.from, [...(bySource.get(stream.from) ?? []), stream.to])
  }
  return [
    snapshot.leader ? `${snapshot.leader.name} leads.` : 'Nobody leads.',
    ...[...bySource].map(
      ([source, targets]) => `${listNames(targets)} ${targets.length === 1 ? 'streams' : 'stream'} from ${source}.`,
    ),
  ]
}

function etcdSentence(snapshot: Snapshot, now: Date): string {
  const count = etcdCount(snapshot, now)
  if (!count) return 'etcd is not watched.'
  const key = snapshot.leader ? `the leader key is held by ${snapshot.leader.name}` : 'nobody holds the leader key'
  return `etcd: ${count.up} of ${count.of} members answer, and ${key}.`
}
