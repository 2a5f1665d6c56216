import { assess } from '#domain/judgement/assess.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { judgeCandidates } from '#domain/judgement/candidates.ts'
import { hasLostQuorum } from '#domain/judgement/election-bar.ts'
import { etcdCount } from '#domain/snapshot/etcd-count.ts'
import { judgeBackups } from '#domain/backup/judge-backups.ts'
import { lastBackupOf } from '#domain/backup/last-backup.ts'
import { answers, isGone, isRunning } from '#domain/snapshot/reachability.ts'
import { writeRouteOf } from '#domain/snapshot/route.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { isStale, lookIntervalsMs } from '#domain/snapshot/staleness.ts'
import type { VerdictLevel } from '#domain/judgement/verdict.ts'
import type { ClusterMetric } from './metrics.ts'
import { largest, sum } from './postgres-values.ts'
import { freshLook } from './sweep.ts'
import type { SweepSeen } from './sweep-seen.ts'

/** What is known of a cluster at one moment; what is not is null or absent. */
type ClusterValues = Partial<Record<ClusterMetric, number | null>>

/** What one sweep tells of the cluster as a whole. */
export function clusterValues(seen: SweepSeen): ClusterValues {
  const { snapshot, now } = seen
  return {
    level: levels[assess(snapshot, now).verdict.level],
    ...leadValues(snapshot, now),
    ...etcdValues(seen),
    ...haproxyValues(seen),
    ...(seen.backups && backupValues(seen.backups, now)),
  }
}

const levels: Record<VerdictLevel, number> = { healthy: 0, degraded: 1, 'at-risk': 2, down: 3, unseen: 4 }

function leadValues(snapshot: Snapshot, now: Date): ClusterValues {
  const sight = sightOf(snapshot, now)
  if (sight === 'stale' || sight === 'blind') return {}
  const answering = snapshot.members.filter((member) => answers(member, now))
  const lags = snapshot.members
    .filter(({ lagObservedAt }) => !isStale(lagObservedAt, now))
    .flatMap(({ receiveLag, replayLag }) => [receiveLag, replayLag])
  const seen = {
    membersRunning: answering.filter(isRunning).length,
    worstLagBytes: largest(lags.filter((lag) => typeof lag === 'number')),
  }
  if (sight === 'partial') return seen
  return {
    ...seen,
    hasLeader: Number(snapshot.leader !== null),
    candidates: judgeCandidates(snapshot, now, 'failover').filter(({ isFit }) => isFit).length,
    isPaused: Number(snapshot.pause !== null),
  }
}

/** An etcd of which nothing answers is not known to be down: it may be out of this console's sight. */
function etcdValues({ snapshot, stack, now }: SweepSeen): ClusterValues {
  const { etcd } = snapshot
  const count = etcdCount(snapshot, now)
  if (etcd === null || count === null || isStale(snapshot.takenAt, now)) return {}
  const hasProof = !isStale(etcd.quorumSeenAt, now, lookIntervalsMs.etcd) && !isGone(etcd.quorumProblem, now)
  const members = freshLook(stack?.etcd, now)?.value.members.filter(({ problem }) => problem === null) ?? []
  return {
    etcdMembersUp: count.up === 0 ? null : count.up,
    etcdHasQuorum: quorumValue(hasProof, count.up > 0 && hasLostQuorum(snapshot, now)),
    etcdDbBytes: largest(members.map(({ dbSizeBytes }) => dbSizeBytes)),
    etcdAnswerMs: largest(members.map(({ answerMilliseconds }) => answerMilliseconds)),
  }
}

function quorumValue(hasProof: boolean, isLost: boolean): number | null {
  if (isLost) return 0
  return hasProof ? 1 : null
}

function haproxyValues({ snapshot, stack, now }: SweepSeen): ClusterValues {
  const looked = snapshot.haproxy
  const isSeen = looked !== null && !isStale(looked.seenAt, now, lookIntervalsMs.haproxy)
  const detail = freshLook(stack?.haproxy, now)?.value
  const backends = detail?.proxies.filter(({ servers }) => servers.length > 0) ?? []
  return {
    haproxyPrimaryServers: isSeen ? (writeRouteOf(snapshot)?.targets.length ?? null) : null,
    haproxySessions: sum(
      detail ? backends.map(({ backend }) => backend?.sessions ?? null) : sessionsIn(isSeen ? looked.backends : []),
    ),
    haproxyQueued: sum(backends.map(({ backend }) => backend?.queued ?? null)),
  }
}

function sessionsIn(backends: readonly { sessions: number }[]): number[] {
  return backends.map(({ sessions }) => sessions)
}

/** Backups are looked at every few minutes; what is older than a quarter of an hour tells nothing of now. */
function backupValues(view: BackupView, now: Date): ClusterValues {
  const newest = lastBackupOf(view, []).at
  const latest = isRecent(view.archive?.listedAt, now) ? judgeBackups(view, now).bounds?.latestAt : null
  return {
    backupAgeSeconds: newest && isRecent(view.readAt, now) ? secondsSince(newest, now) : null,
    recoveryLagSeconds: latest ? secondsSince(latest, now) : null,
  }
}

function isRecent(at: Date | undefined, now: Date): boolean {
  return at !== undefined && now.getTime() - at.getTime() <= 900_000
}

function secondsSince(at: Date, now: Date): number {
  return Math.max(0, (now.getTime() - at.getTime()) / 1000)
}
