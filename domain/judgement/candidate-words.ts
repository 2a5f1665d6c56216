import type { CandidateCode } from './candidate.ts'
import { defaultMaximumLagBytes, electionLagOf, leaderTimelineOf } from './candidate-fitness.ts'
import { forAge, formatBytes } from '#domain/format.ts'
import { answers, answersUnusably, silence } from '#domain/snapshot/reachability.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { postgresState } from '#domain/snapshot/state-words.ts'
import { listNames, ordinal } from '#domain/words.ts'

/** Why a candidate has its place or none, as a note beside its name: `first: newest WAL, 0 B behind`, `212 MB behind, 1 MB allowed`. */
export function candidateReason(
  member: MemberSnapshot,
  snapshot: Snapshot,
  now: Date,
  judged: { code: CandidateCode; place: number; rivals: string[] },
): string {
  const behind = behindOf(member, snapshot)
  switch (judged.code) {
    case 'fit':
      return fitReason(judged.place, judged.rivals, behind)
    case 'is-leader':
      return 'leads now'
    case 'missing':
      return missingReason(member, now)
    case 'unreachable':
      return `no ${answersUnusably(member.problem) ? 'usable ' : ''}answer${forAge(member.problem?.since, now)}`
    case 'not-running':
      return `Postgres ${postgresState(member.state)}`
    case 'nofailover':
      return `may not lead: ${barringTag(member)}`
    case 'watchdog-failed':
      return 'its watchdog has failed'
    case 'lag-too-high':
      return `${behind} behind, ${allowedOf(snapshot)} allowed`
    case 'lag-unknown':
      return 'its lag cannot be seen'
    case 'timeline-behind':
      return `on timeline ${member.timeline}, the leader is on ${leaderTimelineOf(snapshot)}`
    case 'not-synchronous':
      return 'not a synchronous standby'
    case 'few-votes':
      return 'too few voters answer'
    case 'other-cluster':
      return 'holds the data of another cluster'
    case 'not-streaming':
      return behind === null ? 'does not stream' : `does not stream, ${behind} behind`
    case 'former-ahead':
      return `leaves the lead to ${snapshot.formerLeader}, which has newer WAL`
  }
}

/** The same as part of a sentence: `pg-node-1 is 212 MB behind`, `pg-node-2 has been gone for 4 min`. */
export function candidateClause(member: MemberSnapshot, snapshot: Snapshot, now: Date, code: CandidateCode): string {
  const { name } = member
  switch (code) {
    case 'fit':
      return `${name} could take over`
    case 'is-leader':
      return `${name} leads`
    case 'missing':
      return goneClause(member, now)
    case 'unreachable':
      return silenceClause(member, now)
    case 'not-running':
      return `Postgres on ${name} ${postgresState(member.state)}`
    case 'nofailover':
      return `${name} may not lead (${barringTag(member)})`
    case 'watchdog-failed':
      return `the watchdog of ${name} has failed`
    case 'lag-too-high':
      return `${name} is ${behindOf(member, snapshot)} behind`
    case 'lag-unknown':
      return `how far behind ${name} is cannot be seen`
    case 'timeline-behind':
      return `${name} is on timeline ${member.timeline}, not ${leaderTimelineOf(snapshot)}`
    case 'not-synchronous':
      return `${name} is not a synchronous standby`
    case 'few-votes':
      return `${name} would get too few votes`
    case 'other-cluster':
      return `${name} holds the data of another cluster`
    case 'not-streaming':
      return `${name} does not stream`
    case 'former-ahead':
      return `${name} leaves the lead to ${snapshot.formerLeader}, which has newer WAL`
  }
}

/** That a member has gone, as part of a sentence. */
export function goneClause(member: MemberSnapshot, now: Date): string {
  const { name } = member
  const lasting = forAge(goneSince(member), now)
  if (answers(member, now)) {
    return lasting === ''
      ? `${name} answers, but the DCS no longer lists it`
      : `${name} answers, but the DCS has not listed it${lasting}`
  }
  return lasting === '' ? `${name} has just gone` : `${name} has been gone${lasting}`
}

function fitReason(place: number, rivals: string[], behind: string | null): string {
  const amount = behind === null ? 'lag not seen' : `${behind} behind`
  if (rivals.length > 3) return `${amount}, level with ${rivals.length} others`
  if (rivals.length > 0) return `${amount}, level with ${listNames(rivals)}`
  return place === 1 ? `first: newest WAL, ${amount}` : `${ordinal(place)}: ${amount}`
}

/** Since when a missing member is gone, null where it is not: it is listed until its lease ends, but it went when it fell silent. */
export function goneSince({ missingSince, problem }: MemberSnapshot): Date | null {
  if (!missingSince || !problem) return missingSince
  const silentBeforeMs = missingSince.getTime() - problem.since.getTime()
  return silentBeforeMs > 0 && silentBeforeMs <= longestLeaseMs ? problem.since : missingSince
}

const longestLeaseMs = 60_000

function missingReason(member: MemberSnapshot, now: Date): string {
  const lasting = forAge(goneSince(member), now)
  if (answers(member, now)) return 'answers, but is not in the DCS'
  const isPostgresThere = member.postgres !== null && member.postgresProblem === null
  return isPostgresThere ? `its Patroni is gone${lasting}` : `gone${lasting}`
}

/** That a member does not answer, as part of a sentence. */
export function silenceClause({ name, problem }: MemberSnapshot, now: Date): string {
  const lasting = forAge(problem?.since, now)
  if (lasting !== '') return `${name} ${silence(problem)}${lasting}`
  return answersUnusably(problem) ? `${name} gives no usable answer` : `${name} does not answer`
}

function behindOf(member: MemberSnapshot, snapshot: Snapshot): string | null {
  const lag = typeof member.receiveLag === 'number' ? member.receiveLag : electionLagOf(member, snapshot)
  return lag === null ? null : formatBytes(lag)
}

function allowedOf(snapshot: Snapshot): string {
  return formatBytes(snapshot.config?.maximumLagOnFailoverBytes ?? defaultMaximumLagBytes)
}

function barringTag(member: MemberSnapshot): string {
  return member.tags['nofailover'] === undefined ? 'tag failover_priority' : 'tag nofailover'
}
