import type { ProblemKind, Seen } from '#domain/snapshot/reading.ts'

/** A look kept: the last good value, and the present problem where there is one. */
export function seen<T>(value: T, observedAt: Date, trouble: Seen<T>['problem']): Seen<T> {
  return { good: { value, observedAt }, problem: trouble }
}

/** A problem that has lasted since then and was met again just now. */
export function problem(
  trouble: { problem: ProblemKind; since: Date },
  at: Date,
  sentence: string,
): NonNullable<Seen<never>['problem']> {
  return { kind: trouble.problem, sentence, since: trouble.since, observedAt: at }
}
