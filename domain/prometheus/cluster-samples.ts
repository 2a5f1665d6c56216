import { factsOf } from '#domain/alerts/facts/facts-of.ts'
import { type FactSources, freshOf } from '#domain/alerts/facts/sources.ts'
import { isFreshView } from '#domain/alerts/facts/backup-facts.ts'
import { isLongGone } from '#domain/snapshot/long-gone.ts'
import { isStale } from '#domain/snapshot/staleness.ts'
import { factSamples } from './fact-samples.ts'
import { gauge, sample, type FamilySample } from './family.ts'
import { haproxySamples } from './haproxy-samples.ts'
import { lookSamples } from './look-samples.ts'
import { memberSamples } from './member-samples.ts'
import { poolerSamples } from './pooler-samples.ts'

export const clusterFamilies = {
  raftTerm: gauge('cluster_etcd_raft_term', 'Term of etcd: it grows by one with every election.'),
  windowStart: gauge('cluster_recovery_window_start_timestamp_seconds', 'Earliest moment that a recovery can land on.'),
  windowEnd: gauge('cluster_recovery_window_end_timestamp_seconds', 'Latest moment that a recovery can land on.'),
  rehearsalIsGood: gauge('cluster_rehearsal_is_good', 'Whether the newest rehearsed recovery went well, 1 if so.'),
  rehearsalAge: gauge('cluster_rehearsal_age_seconds', 'Time since the newest rehearsed recovery ended.'),
} as const

/**
 * All that is told of one cluster. Where no worker looks at it any more, only what the console sees of it and how old that is: no value
 * may pass for one of now.
 */
export function clusterSamples(sources: FactSources): FamilySample[] {
  const { snapshot, stack, now } = sources
  const cluster = snapshot.clusterName
  const { rows } = factsOf(sources)
  const looks = lookSamples(cluster, sources)
  if (isStale(snapshot.takenAt, now)) {
    return [
      ...factSamples(
        cluster,
        rows.filter(({ scope }) => scope === 'console'),
      ),
      ...looks,
    ]
  }
  const haproxy = freshOf(stack?.haproxy, now)
  const poolers = (stack?.members ?? []).flatMap(({ name, pooler }) => {
    const detail = freshOf(pooler, now)
    return detail ? poolerSamples(cluster, name, detail) : []
  })
  return [
    ...factSamples(cluster, rows),
    ...snapshot.members
      .filter((member) => !isLongGone(member, now))
      .flatMap((member) => memberSamples(cluster, member, sources)),
    ...poolers,
    ...(haproxy ? haproxySamples(cluster, haproxy) : []),
    ...termSamples(cluster, sources),
    ...recoverySamples(cluster, sources),
    ...looks,
  ]
}

function termSamples(cluster: string, { stack, now }: FactSources): FamilySample[] {
  const terms = (freshOf(stack?.etcd, now)?.members ?? []).flatMap(({ raftTerm }) => raftTerm ?? [])
  return terms.length === 0 ? [] : sample(clusterFamilies.raftTerm, { cluster }, Math.max(...terms))
}

function recoverySamples(cluster: string, { backups, now }: FactSources): FamilySample[] {
  if (backups === null) return []
  const { judged, rehearsals } = backups
  const bounds = isFreshView(backups, now) ? judged.bounds : null
  const [newest] = rehearsals
  return [
    ...sample(clusterFamilies.windowStart, { cluster }, bounds && seconds(bounds.earliestAt)),
    ...sample(clusterFamilies.windowEnd, { cluster }, bounds && seconds(bounds.latestAt)),
    ...sample(clusterFamilies.rehearsalIsGood, { cluster }, newest?.isGood),
    ...sample(clusterFamilies.rehearsalAge, { cluster }, newest && seconds(now) - seconds(newest.endedAt)),
  ]
}

function seconds(at: Date): number {
  return at.getTime() / 1000
}
