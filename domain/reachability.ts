import type { Problem } from './reading.ts'
import type { MemberSnapshot } from './snapshot.ts'
import { isStale } from './staleness.ts'

/** True once a system counts as out of reach: two looks in a row failed, or one and nothing since for 5 s. One hiccup is none. */
export function isGone(problem: Problem | null, now: Date): boolean {
  if (problem === null) return false
  return problem.observedAt > problem.since || now.getTime() - problem.since.getTime() >= goneAfterMs
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
