import { haveMembersLostDcs } from './dcs-loss.ts'
import { answers, answersUnusably, isGone, isRunning } from '#domain/snapshot/reachability.ts'
import { sightOf, takesWrites } from '#domain/snapshot/sight.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { isStale } from '#domain/snapshot/staleness.ts'
import { tellsStreaming } from '#domain/snapshot/patroni-version.ts'

/** How it stands with the lead at one moment. */
export type LeaderState =
  /** It cannot be said who leads. */
  | { kind: 'unknown' }
  /** No member reaches the DCS, so nobody may lead; `writer` takes writes until its lease is lost, or in failsafe mode. */
  | { kind: 'no-dcs'; writer: MemberSnapshot | null }
  /** The leader key is absent; `writer` takes writes all the same (paused, or failsafe mode). */
  | { kind: 'none'; since: Date | null; writer: MemberSnapshot | null }
  /** Leads and takes writes; in a standby cluster, leads and is rightly read-only. */
  | { kind: 'working'; member: MemberSnapshot }
  /** Has just taken the key and is being promoted. */
  | { kind: 'promoting'; member: MemberSnapshot }
  | { kind: 'read-only'; member: MemberSnapshot }
  | { kind: 'not-running'; member: MemberSnapshot }
  /** Its Patroni does not answer; if that is dead, the lease ends by `leaseEndsAt`. */
  | { kind: 'silent'; member: MemberSnapshot; leaseEndsAt: Date; isPostgresGone: boolean }
  /** Its Patroni does not answer, but its Postgres takes writes. */
  | { kind: 'unmanaged'; member: MemberSnapshot; leaseEndsAt: Date }
  /** Silent for longer than a lease lasts, or answering but not usably, and still holding the key: it lives, only not for this console. */
  | { kind: 'unreached'; member: MemberSnapshot }

/** Says how it stands with the lead of a snapshot at `now`. */
export function leaderStateOf(snapshot: Snapshot, now: Date): LeaderState {
  if (haveMembersLostDcs(snapshot, now)) return { kind: 'no-dcs', writer: writerOf(snapshot, now) }
  if (sightOf(snapshot, now) !== 'clear') return { kind: 'unknown' }
  const { leader } = snapshot
  if (leader === null) return { kind: 'none', since: snapshot.leaderlessSince, writer: writerOf(snapshot, now) }
  const member = snapshot.members.find(({ name }) => name === leader.name)
  if (!member) return { kind: 'unknown' }
  if (isGone(member.problem, now)) return silentLeader(snapshot, member, now)
  if (!answers(member, now)) return { kind: takesWrites(member, now) ? 'working' : 'unreached', member }
  if (snapshot.isStandbyCluster) return { kind: isRunning(member) ? 'working' : 'not-running', member }
  return answeringLeader(snapshot, member, now)
}

/** Patroni's default lease, used while the configuration is not known (config.py). */
export const defaultTtlSeconds = 30

/** How long promotion may take before a leader that is still read-only is a fault (measured: 0.2 to 3 s). */
const promotionMs = 10_000

/** Etcd looks for ended leases twice a second, and a look of ours takes time too. */
const leaseSlackMs = 5000

function answeringLeader(snapshot: Snapshot, member: MemberSnapshot, now: Date): LeaderState {
  if (member.isWritable === true) return { kind: 'working', member }
  if (member.isWritable === null && member.problem !== null && wasWritingLately(member, now)) {
    return { kind: 'working', member }
  }
  if (!isRunning(member) || member.isWritable === null) return { kind: 'not-running', member }
  const since = snapshot.leader?.since ?? null
  const isPromoting = since !== null && now.getTime() - since.getTime() < promotionMs
  return { kind: isPromoting ? 'promoting' : 'read-only', member }
}

function silentLeader(snapshot: Snapshot, member: MemberSnapshot, now: Date): LeaderState {
  const ttlMs = (snapshot.config?.ttlSeconds ?? defaultTtlSeconds) * 1000
  const silentSince = member.problem?.since ?? snapshot.takenAt
  const leaseEndsAt = new Date(silentSince.getTime() + ttlMs)
  const isRenewed = now.getTime() > leaseEndsAt.getTime() + leaseSlackMs
  const writes = takesWrites(member, now)
  if (isRenewed || answersUnusably(member.problem)) return { kind: writes ? 'working' : 'unreached', member }
  if (writes) return { kind: 'unmanaged', member, leaseEndsAt }
  if (member.isWritable === false && !snapshot.isStandbyCluster) return { kind: 'read-only', member }
  return { kind: 'silent', member, leaseEndsAt, isPostgresGone: isPostgresGone(snapshot, member, now) }
}

/** Its Postgres is known to be gone when nothing listens for SQL, or, without SQL, when replicas that tell have all lost their stream. */
function isPostgresGone(snapshot: Snapshot, leader: MemberSnapshot, now: Date): boolean {
  if (leader.postgresProblem) return leader.postgresProblem.kind === 'refused' && isGone(leader.postgresProblem, now)
  if (leader.postgres) return false
  const telling = snapshot.members.filter(
    (member) => member.name !== leader.name && answers(member, now) && tellsStreaming(member.patroniVersion),
  )
  return telling.length > 0 && telling.every(({ state }) => state !== 'streaming')
}

function wasWritingLately(member: MemberSnapshot, now: Date): boolean {
  return member.writableSince !== null && !isStale(member.writableSeenAt, now)
}

function writerOf(snapshot: Snapshot, now: Date): MemberSnapshot | null {
  return snapshot.members.find((member) => takesWrites(member, now)) ?? null
}
