import type { Candidate, CandidateCode } from '#domain/judgement/candidate.ts'
import { defaultMaximumLagBytes, fitnessOf } from '#domain/judgement/candidate-fitness.ts'
import { candidateReason } from '#domain/judgement/candidate-words.ts'
import { formatBytes } from '#domain/format.ts'
import { lastTimelineOf } from '#domain/snapshot/last-timeline.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { isSyncActive, isVoter } from '#domain/snapshot/synchronous-mode.ts'
import { isBehindTimeline, shortOf } from './position.ts'

/**
 * Judges the members as the one that a person names. Where nobody leads, Patroni takes whoever is named as long as it runs and may lead
 * (ha.py manual_failover_process_no_leader): lag, timeline and synchronous mode bar nobody, so each is told. A leader that still holds
 * the key asks for little lag itself (ha.py is_failover_possible).
 */
export function failoverCandidates(snapshot: Snapshot, now: Date): Candidate[] {
  const judged = snapshot.members
    .map((member) => ({ member, code: codeOf(member, snapshot, now), short: shortOf(member, snapshot) }))
    .toSorted(
      (one, other) =>
        Number(isFit(other.code, snapshot)) - Number(isFit(one.code, snapshot)) ||
        (other.member.timeline ?? 0) - (one.member.timeline ?? 0) ||
        (one.short ?? Infinity) - (other.short ?? Infinity) ||
        (one.member.name < other.member.name ? -1 : 1),
    )
  let place = 0
  return judged.map(({ member, code, short }) => ({
    name: member.name,
    isFit: isFit(code, snapshot),
    rank: isFit(code, snapshot) ? (place += 1) : null,
    lagBytes: code === 'is-leader' || code === 'missing' ? null : short,
    reason: reasonOf(member, snapshot, now, { code, short }),
    code,
  }))
}

/** Why a member cannot be named, or the first thing to know of one that can. */
function codeOf(member: MemberSnapshot, snapshot: Snapshot, now: Date): CandidateCode {
  const code = fitnessOf(member, snapshot, now, 'failover')
  if (hardBars.has(code)) return code
  if (isBehindTimeline(member, snapshot)) return 'timeline-behind'
  const short = shortOf(member, snapshot)
  if (short === null) return 'lag-unknown'
  if (short > allowedLag(snapshot)) return 'lag-too-high'
  return isSyncActive(snapshot) && !isVoter(member, snapshot) ? 'not-synchronous' : 'fit'
}

/** Patroni itself refuses these whenever they are named (ha.py failover_limitation, api.py). */
const hardBars: ReadonlySet<CandidateCode> = new Set([
  'is-leader',
  'unreachable',
  'missing',
  'not-running',
  'nofailover',
  'watchdog-failed',
  'other-cluster',
])

function isFit(code: CandidateCode, snapshot: Snapshot): boolean {
  if (hardBars.has(code)) return false
  const isAskedOfLeader = snapshot.leader !== null
  return !isAskedOfLeader || (code !== 'lag-too-high' && code !== 'lag-unknown' && code !== 'timeline-behind')
}

function allowedLag(snapshot: Snapshot): number {
  return snapshot.config?.maximumLagOnFailoverBytes ?? defaultMaximumLagBytes
}

function reasonOf(
  member: MemberSnapshot,
  snapshot: Snapshot,
  now: Date,
  { code, short }: { code: CandidateCode; short: number | null },
): string {
  if (hardBars.has(code)) return candidateReason(member, snapshot, now, { code, place: 0, rivals: [] })
  const behind = short === null ? 'how far behind cannot be said' : behindWords(short, allowedLag(snapshot))
  const sync = isSyncActive(snapshot) && !isVoter(member, snapshot) ? ', not a synchronous standby' : ''
  return `${behind}, ${timelineWords(member, snapshot)}${sync}`
}

function behindWords(short: number, allowed: number): string {
  const behind = `${formatBytes(short)} behind the last known position`
  return short > allowed ? `${behind}, over the limit of ${formatBytes(allowed)}` : behind
}

function timelineWords(member: MemberSnapshot, snapshot: Snapshot): string {
  if (isBehindTimeline(member, snapshot)) {
    return `on timeline ${member.timeline}, the cluster was on ${lastTimelineOf(snapshot)}`
  }
  return member.timeline === null ? 'its timeline is not known' : `timeline ${member.timeline}`
}
