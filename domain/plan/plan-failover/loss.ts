import type { FailoverLoss } from '#domain/plan/failover-plan.ts'
import { formatByteCount, formatInstant, formatLsn } from '#domain/format.ts'
import { lastTimelineOf } from '#domain/snapshot/last-timeline.ts'
import { answers } from '#domain/snapshot/reachability.ts'
import { isSyncActive, isVoter, synchronousModeOf } from '#domain/snapshot/synchronous-mode.ts'
import type { FailoverPlanning } from './planning.ts'
import { isBehindTimeline, lastPositionOf, shortOf } from './position.ts'

/** What is lost with the named member as leader, in plain words; null where none that is known is named. */
export function failoverLoss({ snapshot, wish, formerLeader }: FailoverPlanning): FailoverLoss | null {
  const member = snapshot.members.find(({ name }) => name === wish.candidate)
  if (!member) return null
  const { name } = member
  if (snapshot.isStandbyCluster) {
    const sentence =
      'Nothing is lost: a standby cluster takes no writes, and what is missing comes from the other site.'
    return { bytes: 0, isNothing: true, sentence }
  }
  if (name === formerLeader && answers(member, wish.now)) {
    return { bytes: 0, isNothing: true, sentence: `Nothing is lost: ${name} led last, and holds all that was written.` }
  }
  const from = formerLeader ?? 'the last leader'
  if (isBehindTimeline(member, snapshot)) {
    const sentence = `What will be lost cannot be said in bytes: ${name} is on timeline ${member.timeline}, and all that was written on timeline ${lastTimelineOf(snapshot)} is lost.`
    return { bytes: null, isNothing: false, sentence }
  }
  const bytes = shortOf(member, snapshot)
  const last = lastPositionOf(snapshot)
  if (bytes === null || last === null || member.lsn === null) {
    const what = member.lsn === null ? `the position of ${name}` : `the last position of ${from}`
    return { bytes: null, isNothing: false, sentence: `What will be lost cannot be said: ${what} is not known.` }
  }
  if (synchronousModeOf(snapshot) === true && isSyncActive(snapshot) && isVoter(member, snapshot)) {
    const sentence = `Nothing that was confirmed to a client is lost: ${name} is a synchronous standby.`
    return { bytes: 0, isNothing: true, sentence }
  }
  return {
    bytes,
    isNothing: false,
    sentence: `${knownLoss(name, bytes, { from, last, held: member.lsn })} ${unknownLoss(from, snapshot.members)}`,
  }
}

function knownLoss(
  name: string,
  bytes: number,
  { from, last, held }: { from: string; last: number; held: number },
): string {
  if (bytes === 0) return `${name} holds all that is known: WAL up to ${formatLsn(held)}.`
  return `At least ${formatByteCount(bytes)} will be lost: ${name} holds WAL up to ${formatLsn(held)}, and the last position known of ${from} is ${formatLsn(last)}.`
}

/** Positions are published and read every few seconds: what came after the last is known to nobody here. */
function unknownLoss(from: string, members: FailoverPlanning['snapshot']['members']): string {
  const seenAt = members.find(({ name }) => name === from)?.writableSeenAt ?? null
  const since = seenAt === null ? '' : ` It was last seen to take writes at ${formatInstant(seenAt)}.`
  return `What ${from} wrote after that and no replica received is lost too; how much that is cannot be said.${since}`
}
