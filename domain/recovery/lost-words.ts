import { formatInstant } from '#domain/format.ts'
import type { CommitsLost } from '#domain/wal/commits-lost.ts'

/** How many commits a recovery gives up, in one sentence: `1,234 commits after the target will be gone, the last at 2026-11-25 14:03:22 UTC.` */
export function lostSentence({
  commits,
  isAtLeast,
  lastAt,
}: Pick<CommitsLost, 'commits' | 'isAtLeast' | 'lastAt'>): string {
  if (commits === null) return 'How many commits after the target will be gone is not known.'
  if (commits === 0) {
    return isAtLeast
      ? 'No commit after the target was found in what was read.'
      : 'No transaction was committed after the target.'
  }
  const amount = `${commits.toLocaleString('en-US')} ${commits === 1 ? 'commit' : 'commits'} after the target will be gone`
  if (isAtLeast) return `At least ${amount}.`
  return lastAt === null ? `${amount}.` : `${amount}, the last at ${formatInstant(lastAt)}.`
}

/** The same of a recovery that was asked for then: what came after it is not in the number. */
export function lostAsCounted({ countedAt, ...lost }: CommitsLost): string {
  const sentence = lostSentence(lost)
  return lost.commits === null
    ? sentence
    : `${sentence} Counted at ${formatInstant(countedAt)}, before clients were shut out.`
}

/** Where and when it was counted. */
export function countedWhere({ segments, node, countedAt }: CommitsLost): string {
  return `Counted on ${node} in ${segments} ${segments === 1 ? 'WAL segment' : 'WAL segments'}, ${formatInstant(countedAt)}.`
}
