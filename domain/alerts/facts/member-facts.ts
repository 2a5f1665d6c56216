import { isIdle, leaderTimelineOf } from '#domain/judgement/candidate-fitness.ts'
import { tellsStreaming } from '#domain/snapshot/patroni-version.ts'
import type { Lag } from '#domain/snapshot/patroni.ts'
import { answers, isGone, isRunning } from '#domain/snapshot/reachability.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { isStale, lookIntervalsMs } from '#domain/snapshot/staleness.ts'
import { agentFacts } from './agent-facts.ts'
import type { Facts } from './names.ts'
import { roles } from './names-of-member.ts'
import { poolerFacts } from './pooler-facts.ts'
import { postgresFacts } from './postgres-facts.ts'
import { type FactSources, secondsSince, sees } from './sources.ts'

/** All facts of one member. */
export function memberFacts(member: MemberSnapshot, sources: FactSources): Facts<'member'> {
  return {
    ...patroniFacts(member, sources),
    ...postgresFacts(member, sources),
    ...poolerFacts(member, sources),
    ...agentFacts(member.name, sources),
  }
}

type Names =
  | 'role'
  | 'isLeader'
  | 'isListed'
  | 'isReachable'
  | 'isRunning'
  | 'isStreaming'
  | 'timeline'
  | 'timelineDiffers'
  | 'receiveLagBytes'
  | 'replayLagBytes'
  | 'isPendingRestart'
  | 'hasWatchdogFailed'
  | 'dcsSilentSeconds'
  | 'uptimeSeconds'
  | 'poolerAnswers'

/** What Patroni tells of a member. Who does not answer while others do is out of reach; while nobody does, this console is blind. */
function patroniFacts(member: MemberSnapshot, { snapshot, sight, now }: FactSources): Pick<Facts<'member'>, Names> {
  const isSeen = sees(sight)
  const isHeard = isSeen && answers(member, now)
  const isKnown = snapshot.leaderSource !== 'none' && sight === 'clear'
  const isLeader = isKnown ? member.name === snapshot.leader?.name : null
  const timeline = leaderTimelineOf(snapshot)
  const heard = <T>(value: T) => (isHeard ? value : null)
  const lag = (value: Lag | null) => {
    const isFresh = isHeard && !isStale(member.lagObservedAt, now)
    return isFresh && isLeader === false && typeof value === 'number' ? value : null
  }
  return {
    role: isKnown ? (roles.find((role) => role === member.role) ?? null) : null,
    isLeader,
    isListed: isKnown ? member.isListed : null,
    isReachable: isSeen ? !isGone(member.problem, now) && !isStale(member.seenAt, now) : null,
    isRunning: heard(isRunning(member)),
    isStreaming: isLeader === null ? null : heard(streams(member, isLeader, snapshot, now)),
    timeline: heard(member.timeline),
    timelineDiffers: member.timeline === null || timeline === null ? null : heard(member.timeline !== timeline),
    receiveLagBytes: lag(member.receiveLag),
    replayLagBytes: lag(member.replayLag),
    isPendingRestart: heard(member.pendingRestart),
    hasWatchdogFailed: heard(member.watchdogFailed),
    dcsSilentSeconds: heard(secondsSince(member.ownView?.dcsLastSeenAt ?? null, now)),
    uptimeSeconds: heard(secondsSince(member.postmasterStartedAt, now)),
    poolerAnswers: poolerAnswers(member, isHeard, now),
  }
}

/**
 * Whether a replica streams, or the leader of a standby cluster gets WAL from its source; null of who takes writes. Before 3.0.4 Patroni
 * does not tell: then the senders of the leader do.
 */
function streams(member: MemberSnapshot, isLeader: boolean, snapshot: Snapshot, now: Date): boolean | null {
  const { state, patroniVersion, isWritable } = member
  if (isWritable === true) return null
  if (isLeader) return snapshot.isStandbyCluster && tellsStreaming(patroniVersion) ? state !== 'running' : null
  if (!isIdle(member)) return true
  const leader = snapshot.members.find(({ name }) => name === snapshot.leader?.name)
  const isSenderSeen = leader !== undefined && answers(leader, now)
  return tellsStreaming(patroniVersion) || isSenderSeen ? false : null
}

/** Where Patroni beside it does not answer either, it is the machine or the way to it. */
function poolerAnswers({ pooler }: MemberSnapshot, isHeard: boolean, now: Date): boolean | null {
  if (pooler === null || !isHeard) return null
  if (isGone(pooler.problem, now)) return false
  return isStale(pooler.seenAt, now, lookIntervalsMs.pooler) ? null : true
}
