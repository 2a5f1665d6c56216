import type { DcsKeys, DcsMember } from '#domain/snapshot/dcs.ts'
import type { ClusterReadings, EtcdReadings } from '#domain/snapshot/readings.ts'
import type { MemberRole } from '#domain/snapshot/snapshot.ts'
import { isStale, lookIntervalsMs, newestOf } from '#domain/snapshot/staleness.ts'
import type { DcsPicture, ListedMember } from './picture.ts'

/** The picture from etcd's keys; null where there is no etcd, or its keys are not known to be current. */
export function pictureFromEtcd(readings: ClusterReadings, now: Date): DcsPicture | null {
  const keys = readings.etcd?.keys.good?.value
  const seenAt = readings.etcd && keysConfirmedAt(readings.etcd)
  if (!keys || !seenAt || isStale(seenAt, now, lookIntervalsMs.etcd)) return null
  const isStandbyCluster = (keys.config ?? readings.config.good?.value)?.standbyCluster ?? false
  const members = new Map<string, ListedMember>()
  for (const member of keys.members) {
    members.set(member.name, listedMember(member, roleOf(member.name, keys, isStandbyCluster)))
  }
  return {
    source: 'etcd',
    seenAt,
    leader: keys.leader,
    leaderChangedAt: keys.leaderChangedAt,
    members,
    config: keys.config,
    isPaused: keys.config?.pause ?? false,
    scheduledSwitchover: scheduledIn(keys),
    syncStandbys: keys.sync?.syncStandbys ?? [],
    syncLeader: keys.sync?.leader ?? null,
    syncQuorum: keys.sync?.leader ? (keys.sync.quorum ?? 0) : null,
    optimeLsn: keys.optimeLsn,
  }
}

/**
 * When etcd's keys were last known to be as read: a key is written only when it changes, so an open watch is current
 * for as long as quorum is proven, and a broken one only up to its break.
 */
export function keysConfirmedAt(etcd: EtcdReadings): Date | null {
  const { keys, quorum } = etcd
  if (!keys.good) return null
  const proven = quorum.good?.observedAt ?? null
  if (!keys.problem || !proven) return newestOf(keys.good.observedAt, proven)
  const brokenAt = keys.problem.since
  return newestOf(keys.good.observedAt, proven < brokenAt ? proven : brokenAt)
}

function scheduledIn(keys: DcsKeys): DcsPicture['scheduledSwitchover'] {
  if (!keys.failover?.scheduledAt) return null
  return { at: keys.failover.scheduledAt, from: keys.failover.leader, to: keys.failover.candidate }
}

function roleOf(name: string, keys: DcsKeys, isStandbyCluster: boolean): MemberRole {
  if (name === keys.leader) return isStandbyCluster ? 'standby_leader' : 'leader'
  if (isStandbyCluster || !keys.sync?.syncStandbys.includes(name)) return 'replica'
  return keys.config?.synchronousMode === 'quorum' ? 'quorum_standby' : 'sync_standby'
}

function listedMember(member: DcsMember, role: MemberRole): ListedMember {
  return {
    name: member.name,
    apiUrl: member.apiUrl,
    host: member.host,
    port: member.port,
    role,
    state: member.state,
    timeline: member.timeline,
    lsn: member.lsn,
    receiveLag: null,
    replayLag: null,
    pendingRestart: member.pendingRestart,
    tags: member.tags,
    patroniVersion: member.patroniVersion,
  }
}
