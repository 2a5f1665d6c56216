import { severities } from '../incident-of.ts'
import type { AlertSeverity } from '../rule.ts'
import type { ChannelKind } from './channel.ts'
import type { TellingKind } from './plan-tellings.ts'

/** Something that waits to be sent on a channel and before which nothing of the same key waits. */
export interface Waiting {
  id: number
  clusterId: string | null
  kind: TellingKind | 'test'
  severity: AlertSeverity
  attempts: number
  nextAttemptAt: Date
}

/** What one message is to hold: the most urgent that is due and, where the receiver takes many, what else there is of its cluster. */
export function pickBatch<T extends Waiting>(waiting: readonly T[], channel: ChannelKind, now: Date): T[] {
  const [first] = waiting
    .filter(({ nextAttemptAt }) => nextAttemptAt <= now)
    .toSorted(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        a.nextAttemptAt.getTime() - b.nextAttemptAt.getTime(),
    )
  if (!first) return []
  // An event of PagerDuty is of one key.
  if (channel === 'pagerduty') return [first]
  const joining = waiting.filter(
    ({ id, clusterId, kind, attempts, nextAttemptAt }) =>
      id !== first.id &&
      clusterId === first.clusterId &&
      kind === first.kind &&
      (attempts === 0 || nextAttemptAt <= now),
  )
  return [first, ...joining].slice(0, mostInOne)
}

const mostInOne = 50
