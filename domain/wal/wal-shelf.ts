import type { ArchivedWal } from './archived-wal.ts'
import type { TimelinePath } from './timeline-path.ts'
import { parseWalSegment, segmentNumber } from './wal-segment.ts'
import { runsOf, type WalRun } from './wal-runs.ts'

/** The archived segments of each timeline by their numbers, with when each was archived. */
export type WalShelf = Map<number, Map<number, Date>>

/** Sorts listed segments by timeline and number; names that the segment size does not have are left out. */
export function shelve({ segments }: ArchivedWal, walSegmentSizeBytes: number): WalShelf {
  const shelf: WalShelf = new Map()
  for (const { name, archivedAt } of segments) {
    const segment = parseWalSegment(name, walSegmentSizeBytes)
    if (segment === null) continue
    const held = shelf.get(segment.timeline) ?? new Map<number, Date>()
    shelf.set(segment.timeline, held)
    held.set(segmentNumber(segment, walSegmentSizeBytes), archivedAt)
  }
  return shelf
}

/** The unbroken runs of archived WAL along a path, lowest first. */
export function runsAlong(path: TimelinePath, shelf: WalShelf): WalRun[] {
  const numbers = path.stretches.flatMap(({ timeline, first, last }) =>
    [...(shelf.get(timeline)?.keys() ?? [])].filter((number) => number >= first && (last === null || number <= last)),
  )
  return runsOf(numbers)
}

/** When a segment on a path was archived; null where it is not. */
export function archivedAt(path: TimelinePath, shelf: WalShelf, number: number): Date | null {
  const stretch = path.stretches.find(({ first, last }) => number >= first && (last === null || number <= last))
  return (stretch && shelf.get(stretch.timeline)?.get(number)) ?? null
}
