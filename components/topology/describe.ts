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
    poolerSentence(snapshot, now),
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

function poolerSentence({ members }: Snapshot, now: Date): string {
  const poolers = members.flatMap(({ name, pooler }) => (pooler === null ? [] : [{ name, ...pooler }]))
  if (poolers.length === 0) return 'pgBouncer is not watched.'
  const isUnseen = ({ seenAt }: { seenAt: Date | null }) => isStale(seenAt, now, lookIntervalsMs.pooler)
  const silent = poolers.filter(({ problem }) => problem !== null)
  const unseen = poolers.filter((pooler) => pooler.problem === null && isUnseen(pooler))
  const answering = poolers.filter((pooler) => pooler.problem === null && !isUnseen(pooler))
  const part = (words: string, which: readonly { name: string }[]) =>
    which.length === 0 ? [] : [`${words} on ${listNames(which.map(({ name }) => name))}`]
  const parts = [part('answers', answering), part('does not answer', silent), part('is not seen now', unseen)].flat()
  return `pgBouncer ${parts.join(', but ')}.`
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
