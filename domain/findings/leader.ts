import type { Finding } from '../finding.ts'
import { formatAge } from '../format.ts'
import type { LeaderState } from '../leader-state.ts'
import { postgresState } from '../state-words.ts'
import type { JudgedCase } from './judged-case.ts'

/** What is wrong with the lead itself. */
export function leaderFindings({ leader, snapshot, now, forecast }: JudgedCase): Finding[] {
  switch (leader.kind) {
    case 'unknown':
    case 'working':
      return []
    case 'none':
      return [noLeader(leader, forecast.sentence, snapshot.pause !== null, now)]
    case 'promoting':
      return [
        {
          kind: 'leader-not-writable',
          severity: 'warning',
          member: leader.member.name,
          sentence: `${leader.member.name} has just taken the lead and is being promoted; writes wait until that is done.`,
          advice: 'Promotion normally takes 1 to 3 s. Nothing needs to be done yet.',
        },
      ]
    case 'read-only':
      return [
        {
          kind: 'leader-not-writable',
          severity: 'critical',
          member: leader.member.name,
          sentence: `${leader.member.name} holds the lead, but its Postgres is in recovery and takes no writes.`,
          advice: `Look at Patroni's log on ${leader.member.name}: it says why promotion does not finish.`,
        },
      ]
    case 'not-running':
      return [
        {
          kind: 'leader-not-running',
          severity: 'critical',
          member: leader.member.name,
          sentence: `${leader.member.name} holds the lead, but Postgres on it ${postgresState(leader.member.state)}: nothing can be written.`,
          advice: `Patroni tries to bring Postgres on ${leader.member.name} back first and gives up the lead after primary_start_timeout (${snapshot.config?.primaryStartTimeoutSeconds ?? 300} s). To move the lead sooner, start a failover with patronictl.`,
        },
      ]
    case 'silent':
      return [silent(leader, now)]
    case 'unmanaged':
      return [unmanaged(leader, now)]
    case 'unreached':
      return [
        {
          kind: 'member-unreachable',
          severity: 'warning',
          member: leader.member.name,
          sentence: unreachedSentence(leader, now),
          advice: leader.member.problem?.sentence ?? `Give this console the REST address of ${leader.member.name}.`,
        },
      ]
  }
}

function noLeader(
  leader: Extract<LeaderState, { kind: 'none' }>,
  forecastSentence: string,
  isPaused: boolean,
  now: Date,
): Finding {
  const forHowLong = leader.since ? ` for ${formatAge(leader.since, now)}` : ''
  const advice = isPaused
    ? 'Resume Patroni with patronictl resume, or name a leader with patronictl failover.'
    : `${forecastSentence} If that does not happen, Patroni's log on each member says why it does not take the lead.`
  if (leader.writer) {
    return {
      kind: 'no-leader',
      severity: 'critical',
      member: leader.writer.name,
      sentence: `Nobody has held the leader key${forHowLong}, yet ${leader.writer.name} takes writes.`,
      advice,
    }
  }
  return {
    kind: 'no-leader',
    severity: 'critical',
    member: null,
    sentence: `Nobody has held the leader key${forHowLong}: nothing can be written.`,
    advice,
  }
}

function silent(leader: Extract<LeaderState, { kind: 'silent' }>, now: Date): Finding {
  const { name, problem } = leader.member
  const since = problem ? ` for ${formatAge(problem.since, now)}` : ''
  const what = leader.isPostgresGone ? 'neither Patroni nor Postgres has answered' : 'Patroni has not answered'
  return {
    kind: 'leader-silent',
    severity: 'critical',
    member: name,
    sentence: `${name} still holds the lead, but ${what} on it${since}. ${leaseClause(leader.leaseEndsAt, now)}`,
    advice:
      `See whether the machine of ${name} is up. If it has died, nothing needs to be done: the lead moves when the lease ends. ${problem?.sentence ?? ''}`.trim(),
  }
}

function unmanaged(leader: Extract<LeaderState, { kind: 'unmanaged' }>, now: Date): Finding {
  const { name } = leader.member
  return {
    kind: 'unmanaged-primary',
    severity: 'critical',
    member: name,
    sentence: `Patroni on ${name} has stopped answering, but its Postgres still takes writes. ${leaseClause(leader.leaseEndsAt, now)} Then another member leads too, and what is written on ${name} is lost.`,
    advice: `Start Patroni on ${name} again before the lease ends, or stop its Postgres.`,
  }
}

function leaseClause(leaseEndsAt: Date, now: Date): string {
  const seconds = Math.ceil((leaseEndsAt.getTime() - now.getTime()) / 1000)
  return seconds > 0 ? `Unless renewed, its lease ends within ${seconds} s.` : 'Unless renewed, its lease ends now.'
}

function unreachedSentence(leader: Extract<LeaderState, { kind: 'unreached' }>, now: Date): string {
  const { name, problem } = leader.member
  if (!problem) return `${name} holds the lead, but this console does not look at it directly.`
  return `${name} has not answered this console for ${formatAge(problem.since, now)}, yet it keeps renewing its lead.`
}
