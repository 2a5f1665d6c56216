import type { Finding } from '../finding.ts'
import { forAge } from '../format.ts'
import type { LeaderState } from '../leader-state.ts'
import type { MemberSnapshot } from '../snapshot.ts'

/** The leader's Patroni does not answer; its lease is running out. */
export function silent(leader: Extract<LeaderState, { kind: 'silent' }>, canMove: boolean, now: Date): Finding {
  const { name, problem } = leader.member
  const what = leader.isPostgresGone
    ? 'neither its Patroni nor its Postgres has answered'
    : 'its Patroni has not answered'
  const lasting = forAge(problem?.since, now)
  return {
    kind: 'leader-silent',
    severity: 'critical',
    member: name,
    sentence: `${name} holds the lead, but ${what}${lasting}. ${leaseClause(leader.leaseEndsAt, now)}`,
    advice: canMove
      ? `See whether the machine of ${name} is up. If it has died, nothing needs to be done: the lead moves when the lease ends.`
      : `Bring ${name} back: nobody else can take the lead.`,
  }
}

/** The leader's Patroni does not answer, but its Postgres takes writes. */
export function unmanaged(leader: Extract<LeaderState, { kind: 'unmanaged' }>, now: Date): Finding {
  const { name } = leader.member
  return {
    kind: 'unmanaged-primary',
    severity: 'critical',
    member: name,
    sentence: `Patroni on ${name} has stopped answering, but its Postgres still takes writes. ${leaseClause(leader.leaseEndsAt, now)} Then another member leads too, and what is written on ${name} is lost.`,
    advice: `Start Patroni on ${name} again before the lease ends, or stop its Postgres.`,
  }
}

/** The leader renews its lease, so it lives: only this console does not reach it. */
export function unreached(leader: Extract<LeaderState, { kind: 'unreached' }>, isByEtcd: boolean, now: Date): Finding {
  const { name, problem } = leader.member
  const source = isByEtcd ? 'etcd' : 'the other members'
  const trouble = problem
    ? `, but has not answered Matriarch${forAge(problem.since, now)}`
    : '; Matriarch does not look at it directly'
  return {
    kind: 'member-unreachable',
    severity: 'warning',
    member: name,
    sentence: `${name} leads, going by ${source}${trouble}.`,
    advice: problem?.sentence ?? `Give Matriarch the REST address of ${name}.`,
  }
}

/** The leader works by the word of its Postgres and of its lease; only its Patroni does not answer. */
export function withoutPatroni(member: MemberSnapshot, now: Date): Finding {
  const { name, problem } = member
  return {
    kind: 'member-unreachable',
    severity: 'warning',
    member: name,
    sentence: `Patroni on ${name} has not answered Matriarch${forAge(problem?.since, now)}, though it keeps renewing its lead.`,
    advice: problem?.sentence ?? `See whether Patroni's REST address on ${name} can be reached.`,
  }
}

function leaseClause(leaseEndsAt: Date, now: Date): string {
  const seconds = Math.ceil((leaseEndsAt.getTime() - now.getTime()) / 1000)
  return seconds > 0 ? `Unless renewed, its lease ends within ${seconds} s.` : 'Unless renewed, its lease ends now.'
}
