import { isBarred } from './barred.ts'
import type { CandidateCode } from './candidate.ts'
import { formerAhead } from './former-ahead.ts'
import { isGone, isRunning } from '#domain/snapshot/reachability.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { syncElectionBar, syncSwitchoverBar } from '#domain/snapshot/synchronous-mode.ts'

export type Purpose = 'failover' | 'switchover'

/** Whether Patroni would let a member lead, and if not, the first thing that forbids it. */
export function fitnessOf(member: MemberSnapshot, snapshot: Snapshot, now: Date, purpose: Purpose): CandidateCode {
  if (member.name === snapshot.leader?.name) return 'is-leader'
  if (!member.isListed) return member.missingSince || !member.problem ? 'missing' : 'unreachable'
  if (isOutOfReach(member, now)) return 'unreachable'
  if (!isRunning(member)) return 'not-running'
  if (isForeign(member, snapshot)) return 'other-cluster'
  if (isBarred(member)) return 'nofailover'
  if (member.watchdogFailed) return 'watchdog-failed'
  if (isOnOlderTimeline(member, snapshot)) return 'timeline-behind'
  const syncBar =
    purpose === 'switchover'
      ? syncSwitchoverBar(member, snapshot)
      : syncElectionBar(member, snapshot, (other) => canVote(other, now))
  if (syncBar !== null) return syncBar
  const lag = electionLagOf(member, snapshot)
  if (lag === null) return 'lag-unknown'
  if (lag > (snapshot.config?.maximumLagOnFailoverBytes ?? defaultMaximumLagBytes)) return 'lag-too-high'
  if (purpose === 'failover' && formerAhead(member, snapshot, now) !== null) return 'former-ahead'
  // A leader gives up its key only once somebody has received its last WAL: a member that does not stream never does.
  if (purpose === 'switchover' && isIdle(member)) return 'not-streaming'
  return 'fit'
}

/**
 * The lag as an election measures it: the leader's last published position minus the member's (ha.py is_lagging);
 * where no position is published, the lag as read. Null where it cannot be told.
 */
export function electionLagOf(member: MemberSnapshot, snapshot: Snapshot): number | null {
  if (isOnOlderTimeline(member, snapshot)) return null
  const read = typeof member.receiveLag === 'number' ? member.receiveLag : null
  if (snapshot.optimeLsn === null || member.lsn === null) return read
  const published = Math.max(0, snapshot.optimeLsn - member.lsn)
  // What the leader published after this member was read says nothing of how far the member is by now.
  const isReadSince = !snapshot.optimeSeenAt || (member.seenAt !== null && member.seenAt >= snapshot.optimeSeenAt)
  return isReadSince || read === null ? published : Math.min(published, read)
}

/** What would be lost at most with this member as the next leader, as far as is known. */
export function lossOf(member: MemberSnapshot, snapshot: Snapshot): number | null {
  return (
    member.receiveLagAtMost ??
    (typeof member.receiveLag === 'number' ? member.receiveLag : electionLagOf(member, snapshot))
  )
}

/** True when a member neither streams from anybody nor writes itself. */
export function isIdle(member: MemberSnapshot): boolean {
  return member.state !== 'streaming' && member.streamsFrom === null && member.isWritable !== true
}

/** Patroni's own default of maximum_lag_on_failover (config.py). */
export const defaultMaximumLagBytes = 1_048_576

/** The timeline of the member that leads, null where nobody leads or it is not known. */
export function leaderTimelineOf(snapshot: Snapshot): number | null {
  return snapshot.members.find(({ name }) => name === snapshot.leader?.name)?.timeline ?? null
}

function isOutOfReach(member: MemberSnapshot, now: Date): boolean {
  return isGone(member.problem, now) || (member.problem !== null && member.seenAt === null)
}

function isForeign(member: MemberSnapshot, snapshot: Snapshot): boolean {
  const { systemIdentifier } = member
  return (
    systemIdentifier !== null && snapshot.systemIdentifier !== null && systemIdentifier !== snapshot.systemIdentifier
  )
}

function isOnOlderTimeline(member: MemberSnapshot, snapshot: Snapshot): boolean {
  const timeline = leaderTimelineOf(snapshot)
  return timeline !== null && member.timeline !== null && member.timeline !== timeline
}

/** Who could not be promoted itself has no vote either (ha.py failover_limitation). */
function canVote(member: MemberSnapshot, now: Date): boolean {
  return !isOutOfReach(member, now) && isRunning(member) && !isBarred(member) && !member.watchdogFailed
}
