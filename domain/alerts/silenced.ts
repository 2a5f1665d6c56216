import type { Alert, Silence } from './alert.ts'

/** The silence that holds back what is told of an alert at `now`, of several the last to end; null = none does. */
export function silencedBy(
  { clusterId, ruleId, subject }: Pick<Alert, 'clusterId' | 'ruleId' | 'subject'>,
  silences: readonly Silence[],
  now: Date,
): Silence | null {
  const matching = silences.filter(
    (silence) =>
      silence.endsAt > now &&
      (silence.clusterId === null || silence.clusterId === clusterId) &&
      (silence.ruleId === null || silence.ruleId === ruleId) &&
      (silence.subject === null || silence.subject === subject),
  )
  return matching.toSorted((a, b) => b.endsAt.getTime() - a.endsAt.getTime())[0] ?? null
}
