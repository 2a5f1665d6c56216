/** Why a look at a system brought no value; `sentence` says what, where and what to do. */
export interface Problem {
  kind: ProblemKind
  sentence: string
  /** Since when looks at this system have failed without a break. */
  since: Date
  observedAt: Date
}

export type ProblemKind =
  | 'refused' // nothing listens on the port
  | 'timeout' // no answer within the deadline
  | 'unreachable' // no route, reset, name not resolved
  | 'empty-reply' // connection closed without a byte: Patroni cannot reach its DCS
  | 'tls' // certificate or handshake
  | 'unauthorized' // credentials missing or wrong
  | 'too-large' // body over the limit
  | 'protocol' // an answer, but not one this system gives

/** One look at one system: a value or a problem, never an exception. */
export type Reading<T> =
  | { ok: true; observedAt: Date; value: T }
  | { ok: false; observedAt: Date; kind: ProblemKind; sentence: string }

/** What is known from all looks at one system so far: the last good value, kept although stale, and the present problem. */
export interface Seen<T> {
  good: { value: T; observedAt: Date } | null
  problem: Problem | null
}

/** A system that has not been looked at yet. */
export const neverSeen: Seen<never> = { good: null, problem: null }

/** Adds a reading to what is known: a good one clears the problem, a bad one keeps the last good value. */
export function see<T>(seen: Seen<T>, reading: Reading<T>): Seen<T> {
  if (reading.ok) return { good: { value: reading.value, observedAt: reading.observedAt }, problem: null }
  return {
    good: seen.good,
    problem: {
      kind: reading.kind,
      sentence: reading.sentence,
      since: seen.problem?.since ?? reading.observedAt,
      observedAt: reading.observedAt,
    },
  }
}
