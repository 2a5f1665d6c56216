import type { Finding } from '#domain/judgement/finding.ts'
import type { Forecast } from '#domain/judgement/forecast.ts'
import { forAge } from '#domain/format.ts'
import type { LeaderState } from '#domain/judgement/leader-state.ts'
import { silence } from '#domain/snapshot/reachability.ts'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'

type Silent = Extract<LeaderState, { kind: 'silent' }>
type Unmanaged = Extract<LeaderState, { kind: 'unmanaged' }>

/** The leader's Patroni does not answer; its lease is running out. */
export function silent(leader: Silent, outcome: Forecast['outcome'], now: Date): Finding {
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
    advice: silentAdvice(leader, outcome),
  }
}

function silentAdvice({ member: { name }, isPostgresGone }: Silent, outcome: Forecast['outcome']): string {
  switch (outcome) {
    case 'takeover':
      return `See whether the machine of ${name} is up. If it has died, nothing needs to be done: the lead moves when the lease ends.`
    case 'paused':
      return isPostgresGone
        ? `Bring ${name} back; if that cannot be done, patronictl resume lets another member take over.`
        : startBeforeResuming(name)
    case 'unsure':
      return `See whether the machine of ${name} is up, and bring it back: whether another member can take the lead cannot be said.`
    case 'nobody':
    case 'no-leader-now':
      return `Bring ${name} back: nobody else can take the lead.`
  }
}

/** The leader's Patroni does not answer, but its Postgres takes writes. */
export function unmanaged(leader: Unmanaged, outcome: Forecast['outcome'], now: Date): Finding {
  const { name } = leader.member
  return {
    kind: 'unmanaged-primary',
    severity: 'critical',
    member: name,
    sentence: `Patroni on ${name} has stopped answering, but its Postgres still takes writes. ${leaseClause(leader.leaseEndsAt, now)} ${afterLease(name, outcome)}`,
    advice: unmanagedAdvice(name, outcome),
  }
}

function afterLease(name: string, outcome: Forecast['outcome']): string {
  switch (outcome) {
    case 'takeover':
      return `Then another member leads too, and what is written on ${name} is lost.`
    case 'unsure':
      return `Then another member may lead too, and what is written on ${name} would be lost.`
    case 'paused':
      return 'Patroni is paused, so nobody takes over then.'
    case 'nobody':
    case 'no-leader-now':
      return 'No other member can take over then.'
  }
}

function unmanagedAdvice(name: string, outcome: Forecast['outcome']): string {
  if (outcome === 'paused') return startBeforeResuming(name)
  if (outcome === 'nobody')
    return `Start Patroni on ${name} again; leave its Postgres running, for nobody can replace it.`
  return `Start Patroni on ${name} again before the lease ends, or stop its Postgres.`
}

/** A Patroni that starts in pause takes the lead for its running primary; any election before that makes a second one (ha.py). */
export function startBeforeResuming(name: string): string {
  return `Start Patroni on ${name} first. Until it runs, or ${name} is down for certain, neither resume Patroni nor name another leader: its Postgres may go on writing beside the new one.`
}

/** The leader renews its lease, so it lives: only this console does not reach it. */
export function unreached(leader: Extract<LeaderState, { kind: 'unreached' }>, isByEtcd: boolean, now: Date): Finding {
  const { name, problem } = leader.member
  const source = isByEtcd ? 'etcd' : 'the other members'
  const trouble = problem
    ? `, but ${silence(problem, 'Matriarch')}${forAge(problem.since, now)}`
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
    sentence: `Patroni on ${name} ${silence(problem, 'Matriarch')}${forAge(problem?.since, now)}, though it keeps the lead.`,
    advice: problem?.sentence ?? `See whether Patroni's REST address on ${name} can be reached.`,
  }
}

function leaseClause(leaseEndsAt: Date, now: Date): string {
  const seconds = Math.ceil((leaseEndsAt.getTime() - now.getTime()) / 1000)
  return seconds > 0 ? `Unless renewed, its lease ends within ${seconds} s.` : 'Unless renewed, its lease ends now.'
}
