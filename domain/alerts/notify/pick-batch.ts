import { severities } from '#domain/alerts/incident-of.ts'
import type { AlertSeverity } from '#domain/alerts/rule.ts'
import { keepsPages, type ChannelKind } from './channel.ts'
import type { TellingKind } from './plan-tellings.ts'

/** Something that waits to be sent on a channel and before which nothing of the same key waits that must go first. */
export interface Waiting {
  id: number
  clusterId: string | null
  key: string
  kind: TellingKind | 'test'
  severity: AlertSeverity
  attempts: number
  nextAttemptAt: Date
  /** Addresses that it has not reached, after it reached others; empty = it goes to all. */
  leftTo: readonly string[]
}

/**
 * What one message is to hold: the most urgent that is due and, where the receiver takes many, what else there is of its cluster. To a
 * channel that keeps pages all goes at once that waits for one page; where that was refused, not before its time.
 */
export function pickBatch<T extends Waiting>(waiting: readonly T[], channel: ChannelKind, now: Date): T[] {
  const isPaged = keepsPages({ kind: channel })
  const isRefused = (one: T) => one.attempts > 0 && one.nextAttemptAt > now
  const [first] = waiting
    .filter(({ nextAttemptAt }) => nextAttemptAt <= now)
    .filter((one) => !isPaged || !waiting.some((other) => isOnePage(one, other) && isRefused(other)))
    .toSorted(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        a.nextAttemptAt.getTime() - b.nextAttemptAt.getTime(),
    )
  if (!first) return []
  if (isPaged) {
    return waiting
      .filter((other) => isOnePage(first, other))
      .toSorted((a, b) => a.id - b.id)
      .slice(0, mostInOne)
  }
  const joining = waiting.filter(
    ({ id, clusterId, kind, attempts, nextAttemptAt, leftTo }) =>
      id !== first.id &&
      clusterId === first.clusterId &&
      kind === first.kind &&
      leftTo.join() === first.leftTo.join() &&
      (attempts === 0 || nextAttemptAt <= now),
  )
  return [first, ...joining].slice(0, mostInOne)
}

const mostInOne = 50

function isOnePage(a: Waiting, b: Waiting): boolean {
  return a.key === b.key && a.kind === b.kind
}
