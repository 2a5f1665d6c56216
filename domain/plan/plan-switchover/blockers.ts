import { candidateClause } from '#domain/judgement/candidate-words.ts'
import { electionBar } from '#domain/judgement/election-bar.ts'
import { formatAge, formatInstant } from '#domain/format.ts'
import { lastSeen } from '#domain/judgement/findings/console.ts'
import { type LeaderState, leaderStateOf } from '#domain/judgement/leader-state.ts'
import type { Planning } from './planning.ts'
import { isGone } from '#domain/snapshot/reachability.ts'
import { isSameSchedule } from '#domain/plan/same-schedule.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import { writersAtOnce } from '#domain/judgement/split-brain.ts'
import { takeoverObstacles } from '#domain/judgement/takeover-words.ts'

/** Everything that stands in the way of the wish; the act is refused while there is any. */
export function blockersOf(given: Planning): string[] {
  const { snapshot, wish } = given
  if (sightOf(snapshot, wish.now) !== 'clear') {
    return [`Matriarch does not see the cluster well enough to act. ${lastSeen(snapshot, wish.now)}`]
  }
  if (wish.kind === 'cancel-scheduled-switchover') {
    return cancelBlockers(given)
  }
  return [...leaderBlockers(given), ...candidateBlockers(given), ...scheduleBlockers(given)]
}

function cancelBlockers({ snapshot, wish, leader }: Planning): string[] {
  const standing = snapshot.scheduledSwitchover
  if (!standing) return ['No switchover is scheduled, so there is none to cancel.']
  if (wish.scheduledAt !== null && !isSameSchedule(standing, wish)) {
    return [
      `A${scheduleName(standing.at, standing.to)} is scheduled by now instead of a${scheduleName(wish.scheduledAt, wish.candidate)}. Look at it before you cancel it.`,
    ]
  }
  return leader === null ? [leaderlessCancelBlocker(standing.from)] : []
}

/** Why a schedule is not cancelled while nobody leads. */
export function leaderlessCancelBlocker(from: string | null): string {
  return `Nobody leads, so nobody can take the cancellation, and nothing runs meanwhile. Patroni drops the schedule by itself if another member than ${from ?? 'the former leader'} leads next; otherwise cancel it then.`
}

function scheduleName(at: Date, to: string | null): string {
  return ` switchover${to === null ? '' : ` to ${to}`} for ${formatInstant(at)}`
}

function leaderBlockers({ snapshot, wish }: Planning): string[] {
  const { now } = wish
  if (writersAtOnce(snapshot, now).length > 0) {
    return [splitBrainBlocker]
  }
  const blocker = leaderBlocker(leaderStateOf(snapshot, now), now)
  const bar = electionBar(snapshot, now)
  return [...(blocker === null ? [] : [blocker]), ...(bar === null ? [] : [`The lead cannot move: ${bar}.`])]
}

/** Why nothing moves while two members take writes. */
export const splitBrainBlocker = 'Two members take writes. End the split brain first: a switchover would add to it.'

/** Why the leader cannot hand over; null where it can. */
export function leaderBlocker(leader: LeaderState, now: Date): string | null {
  switch (leader.kind) {
    case 'working':
      return isGone(leader.member.problem, now) ? silentPatroni(leader.member.name) : null
    case 'unknown':
      return 'Matriarch cannot tell who leads.'
    case 'no-dcs':
      return 'No member reaches the DCS, and without it the lead cannot move. Bring etcd back first.'
    case 'none':
      return 'Nobody leads, so nobody can hand over. Only a failover to a named member can help.'
    case 'promoting':
      return `${leader.member.name} is still being promoted. Wait until it takes writes.`
    case 'read-only':
    case 'not-running':
      return `${leader.member.name} leads but takes no writes, so it cannot hand over cleanly.`
    case 'silent':
    case 'unmanaged':
    case 'unreached':
      return silentPatroni(leader.member.name)
  }
}

function silentPatroni(leader: string): string {
  return `Patroni on the leader ${leader} does not answer, and only the leader can hand over.`
}

function candidateBlockers({ snapshot, wish, candidates, leader }: Planning): string[] {
  const { candidate, now } = wish
  if (candidate === null) {
    if (snapshot.pause) return ['Patroni is paused: while it is, the new leader must be named.']
    const others = candidates.filter(({ code }) => code !== 'is-leader')
    if (others.some(({ isFit }) => isFit)) return []
    const obstacles = takeoverObstacles(others, snapshot, now)
    return [
      obstacles === null ? 'There is no replica to switch over to.' : `No replica can take the lead: ${obstacles}.`,
    ]
  }
  if (candidate === leader) return [`${candidate} leads already.`]
  const judged = candidates.find(({ name }) => name === candidate)
  const member = snapshot.members.find(({ name }) => name === candidate)
  if (!judged || !member) return [`This cluster has no member called ${candidate}.`]
  if (judged.isFit) return []
  return [`${candidate} cannot take the lead: ${candidateClause(member, snapshot, now, judged.code)}.`]
}

function scheduleBlockers({ snapshot, wish }: Planning): string[] {
  const { kind, scheduledAt, now } = wish
  const standing = snapshot.scheduledSwitchover
  if (kind !== 'schedule-switchover') return []
  const blockers: string[] = []
  if (scheduledAt === null) blockers.push('Say when: a scheduled switchover needs a time.')
  if (scheduledAt && Number.isNaN(scheduledAt.getTime())) blockers.push('The time is none that can be read.')
  if (scheduledAt && scheduledAt <= now) {
    blockers.push(`${formatInstant(scheduledAt)} was ${formatAge(scheduledAt, now)} ago. The time must lie ahead.`)
  }
  if (snapshot.pause) blockers.push('Patroni is paused, and it schedules nothing while paused. Resume it first.')
  if (standing)
    blockers.push(`A switchover is scheduled already, for ${formatInstant(standing.at)}. Cancel that one first.`)
  return blockers
}
