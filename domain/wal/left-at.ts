import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'

/**
 * Where a recovery that follows a timeline leaves the current line: what was written on the line after that is given up, wherever the target is.
 * `lsn` null = nowhere, since it follows the line itself. Null where the histories do not tell how that timeline is reached.
 */
export function leftAt(
  current: TimelineHistory,
  histories: readonly TimelineHistory[],
  targetTimeline: number,
): { lsn: number | null } | null {
  if (targetTimeline === current.timeline) return { lsn: null }
  const onLine = current.ancestors.find(({ timeline }) => timeline === targetTimeline)
  if (onLine !== undefined) return { lsn: onLine.endLsn }
  const other = histories.find(({ timeline }) => timeline === targetTimeline)
  if (other === undefined) return null
  const line = stretchesOf(current)
  for (const [index, theirs] of stretchesOf(other).entries()) {
    const ours = line[index]
    // They part where the one before ended, which both follow to the same position.
    if (ours?.timeline !== theirs.timeline) return { lsn: line[index - 1]?.endLsn ?? 0 }
    if (ours.endLsn !== theirs.endLsn) return { lsn: Math.min(ours.endLsn, theirs.endLsn) }
  }
  return { lsn: null }
}

function stretchesOf({ ancestors, timeline }: TimelineHistory): { timeline: number; endLsn: number }[] {
  return [...ancestors, { timeline, endLsn: Number.POSITIVE_INFINITY }]
}
