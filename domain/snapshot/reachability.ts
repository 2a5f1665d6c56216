import type { Problem, ProblemKind } from './reading.ts'
import type { MemberSnapshot } from './snapshot.ts'
import { isStale } from './staleness.ts'

/** True once a system counts as out of reach: two looks in a row failed, or one and nothing since for 5 s. One hiccup is none. */
export function isGone(problem: Problem | null, now: Date): boolean {
  if (problem === null) return false
  return problem.observedAt > problem.since || now.getTime() - problem.since.getTime() >= goneAfterMs
}

/** True where something answers, only nothing that can be used: then nothing is known to be dead. */
export function answersUnusably(problem: Problem | null | undefined): boolean {
  return problem != null && unusableKinds.has(problem.kind)
}

const unusableKinds = new Set<ProblemKind>(['tls', 'unauthorized', 'too-large', 'protocol'])

/** How a system fails to answer, for a sentence: `has not answered`, or `has given no usable answer`; with whom, where that is said. */
export function silence(problem: Problem | null | undefined, asker = ''): string {
  const whom = asker === '' ? '' : ` ${asker}`
  return answersUnusably(problem) ? `has given${whom} no usable answer` : `has not answered${whom}`
}

/** True while the member's Patroni answers this console. */
export function answers(member: MemberSnapshot, now: Date): boolean {
  return !isStale(member.seenAt, now) && !isGone(member.problem, now)
}

/** True when the member's Patroni says that Postgres runs; `streaming` and `in archive recovery` are ways of running. */
export function isRunning(member: MemberSnapshot): boolean {
  return runningStates.has(member.state)
}

const goneAfterMs = 5000
const runningStates = new Set(['running', 'streaming', 'in archive recovery'])
