import type { ArchivedWal } from './archived-wal.ts'
import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'
import { historyOf, pathOf, type TimelinePath } from './timeline-path.ts'
import { holesBetween, type WalRun } from './wal-runs.ts'
import { archivedAt, runsAlong, shelve, type WalShelf } from './wal-shelf.ts'
import { numberedSegment, walSegmentName } from './wal-segment.ts'

/** Segments of one timeline that should be in the archive and are not: between others on the way to some timeline. */
export interface WalGap {
  timeline: number
  /** Names of the first and the last one missing. */
  first: string
  last: string
  segments: number
  /** When what comes after it was archived: processes that archive side by side leave short-lived gaps at the end. */
  passedAt: Date | null
}

/**
 * The gaps in the archived WAL of every timeline that has some, in order. A timeline is expected from the segment it begins in,
 * its parent up to the segment before: that the parent's last segment is there as `.partial` only, or not at all, is no gap.
 */
export function walGaps(
  archived: ArchivedWal,
  histories: readonly TimelineHistory[],
  walSegmentSizeBytes: number,
): WalGap[] {
  const shelf = shelve(archived, walSegmentSizeBytes)
  const gaps = new Map<string, WalGap>()
  for (const timeline of [...shelf.keys()].toSorted((a, b) => a - b)) {
    const path = pathOf(historyOf(histories, timeline), walSegmentSizeBytes)
    for (const hole of holesBetween(runsAlong(path, shelf))) {
      for (const gap of gapsAlong(path, hole, shelf, walSegmentSizeBytes)) gaps.set(`${gap.first} ${gap.last}`, gap)
    }
  }
  return [...gaps.values()].toSorted((a, b) => (a.first < b.first ? -1 : 1))
}

/** A hole may reach over a fork: each timeline's part is told by itself. */
function gapsAlong(path: TimelinePath, hole: WalRun, shelf: WalShelf, walSegmentSizeBytes: number): WalGap[] {
  const passedAt = archivedAt(path, shelf, hole.last + 1)
  return path.stretches.flatMap(({ timeline, first, last }) => {
    const from = Math.max(first, hole.first)
    const to = Math.min(last ?? hole.last, hole.last)
    if (from > to) return []
    const name = (number: number): string => walSegmentName(numberedSegment(timeline, number, walSegmentSizeBytes))
    return [{ timeline, first: name(from), last: name(to), segments: to - from + 1, passedAt }]
  })
}
