import type { ClusterEvent } from '#domain/event.ts'
import { formatAge, formatBytes } from '#domain/format.ts'
import { hostAndPort } from '#domain/snapshot/address.ts'
import { answersUnusably } from '#domain/snapshot/reachability.ts'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import { pastState, postgresState } from '#domain/snapshot/state-words.ts'
import { dcsSources, pairsOf, reachChange, type Step } from './step.ts'

/** Changes of single members: who is there, who answers, in what state, how far behind. */
export function memberEvents(step: Step): ClusterEvent[] {
  return [
    ...joined(step),
    ...pairsOf(step).flatMap(({ before, after }) => [
      ...listing(before, after, step),
      ...reach(before, after, step),
      ...state(before, after, step),
      ...lag(before, after, step),
      ...pendingRestart(before, after, step),
    ]),
  ]
}

function joined({ previous, next }: Step): ClusterEvent[] {
  if (previous.leaderSeenAt === null) return []
  const known = new Set(
    previous.members.flatMap(({ name, apiUrl }) => [name, apiUrl === null ? name : hostAndPort(apiUrl)]),
  )
  return next.members
    .filter(({ isListed, seenAt }) => isListed || seenAt !== null)
    .filter(({ name, apiUrl }) => !known.has(name) && !(apiUrl !== null && known.has(hostAndPort(apiUrl))))
    .map((member) => ({
      kind: 'member-joined' as const,
      at: next.takenAt,
      member: member.name,
      severity: 'info' as const,
      sentence: `${member.name} joined the cluster.`,
      from: null,
      to: member.state,
      sources: member.isListed ? dcsSources(next) : [`patroni ${member.name}`],
    }))
}

function listing(before: MemberSnapshot, after: MemberSnapshot, { previous, next }: Step): ClusterEvent[] {
  if (before.isListed === after.isListed || next.leaderSource === 'none') return []
  if (!after.isListed) {
    return [
      {
        kind: 'member-lost',
        at: after.missingSince ?? next.takenAt,
        member: after.name,
        severity: 'warning',
        sentence: after.problem
          ? `${after.name} is gone: the DCS no longer lists it.`
          : `The DCS no longer lists ${after.name}, though it answers.`,
        from: before.state,
        to: 'missing',
        sources: dcsSources(next),
      },
    ]
  }
  // Listed for the first time, or not known to have been missing: that is no return.
  if (before.missingSince === null || previous.leaderSource === 'none') return []
  return [
    {
      kind: 'member-returned',
      at: next.takenAt,
      member: after.name,
      severity: 'info',
      sentence: `${after.name} is back after ${formatAge(before.missingSince, next.takenAt)}.`,
      from: 'missing',
      to: after.state,
      sources: dcsSources(next),
    },
  ]
}

function reach(before: MemberSnapshot, after: MemberSnapshot, step: Step): ClusterEvent[] {
  const change = reachChange(before.problem, after.problem, step)
  if (change === null) return []
  const { name } = after
  const silence = before.problem ? ` after ${formatAge(before.problem.since, step.next.takenAt)}` : ''
  return [
    change === 'lost'
      ? {
          kind: 'member-unreachable',
          at: after.problem?.since ?? step.next.takenAt,
          member: name,
          severity: 'warning',
          sentence: `Patroni on ${name} ${answersUnusably(after.problem) ? 'gives no usable answer' : 'stopped answering'}${after.problem ? `: ${causes[after.problem.kind]}` : ''}.`,
          from: 'answering',
          to: after.problem?.kind ?? 'silent',
          sources: [`patroni ${name}`],
        }
      : {
          kind: 'member-reachable',
          at: step.next.takenAt,
          member: name,
          severity: 'info',
          sentence: `Patroni on ${name} answers again${silence}.`,
          from: before.problem?.kind ?? 'silent',
          to: 'answering',
          sources: [`patroni ${name}`],
        },
  ]
}

const causes = {
  refused: 'the connection is refused',
  timeout: 'no answer in time',
  unreachable: 'the host cannot be reached',
  'empty-reply': 'it closes the connection without a word',
  tls: 'the TLS connection fails',
  unauthorized: 'it refuses our credentials',
  'too-large': 'its answer is too large',
  protocol: 'its answer is not one of Patroni',
} as const satisfies Record<NonNullable<MemberSnapshot['problem']>['kind'], string>

function state(before: MemberSnapshot, after: MemberSnapshot, { next }: Step): ClusterEvent[] {
  if (before.state === after.state || before.state === 'unknown') return []
  // Ill to starting is no news yet: what comes of it is.
  if (startingStates.has(after.state) && !wellStates.has(before.state)) return []
  // A replica that became the leader goes from streaming to running; the change of leader says so already.
  if (before.role !== after.role && next.leader?.name === after.name && after.state === 'running') return []
  const isBad = !wellStates.has(after.state)
  return [
    {
      kind: 'state-changed',
      at: next.takenAt,
      member: after.name,
      severity: isBad ? 'warning' : 'info',
      sentence: stateSentence(before, after),
      from: before.state,
      to: after.state,
      sources: after.problem === null ? [`patroni ${after.name}`] : dcsSources(next),
    },
  ]
}

function stateSentence(before: MemberSnapshot, after: MemberSnapshot): string {
  const { name, streamsFrom } = after
  if (after.state === 'streaming') return `${name} streams${streamsFrom ? ` from ${streamsFrom}` : ''}.`
  if (before.state === 'streaming' && after.state === 'running') return `${name} no longer streams.`
  return `Postgres on ${name} ${postgresState(after.state)}; before, it ${pastState(before.state)}.`
}

const startingStates = new Set(['starting', 'starting after custom bootstrap', 'restarting'])
const wellStates = new Set([
  'running',
  'streaming',
  'in archive recovery',
  'starting',
  'restarting',
  'creating replica',
])

function lag(before: MemberSnapshot, after: MemberSnapshot, { next }: Step): ClusterEvent[] {
  const wasLagging = before.laggingSince !== null
  const isLagging = after.laggingSince !== null
  // A member that took the lead has caught up with nobody.
  if (wasLagging === isLagging || after.receiveLag === null) return []
  const amount = typeof after.receiveLag === 'number' ? formatBytes(after.receiveLag) : null
  const duration = before.laggingSince ? ` after ${formatAge(before.laggingSince, next.takenAt)}` : ''
  return [
    {
      kind: isLagging ? 'replica-lagging' : 'replica-caught-up',
      at: after.laggingSince ?? next.takenAt,
      member: after.name,
      severity: isLagging ? 'warning' : 'info',
      sentence: isLagging
        ? `${after.name} fell ${amount ?? 'too far'} behind, more than a takeover allows.`
        : `${after.name} caught up${duration}${amount === null ? '' : `: ${amount} behind`}.`,
      from: String(before.receiveLag),
      to: String(after.receiveLag),
      sources: [`patroni ${after.name}`],
    },
  ]
}

function pendingRestart(before: MemberSnapshot, after: MemberSnapshot, { next }: Step): ClusterEvent[] {
  if (before.pendingRestart === after.pendingRestart) return []
  const settings = Object.keys(after.pendingRestartReason)
  return [
    {
      kind: after.pendingRestart ? 'pending-restart' : 'pending-restart-cleared',
      at: next.takenAt,
      member: after.name,
      severity: 'info',
      sentence: after.pendingRestart
        ? `${after.name} now waits for a restart${settings.length > 0 ? ` for ${settings.join(', ')}` : ''}.`
        : `${after.name} no longer waits for a restart.`,
      from: before.pendingRestart ? 'pending' : null,
      to: after.pendingRestart ? 'pending' : null,
      sources: [`patroni ${after.name}`],
    },
  ]
}
