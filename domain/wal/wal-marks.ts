import type { ArchivedWal } from './archived-wal.ts'
import { parseWalSegment, segmentNumber } from './wal-segment.ts'

/** A timeline's WAL was written at least up to `lsn` when this was archived. */
export interface WalMark {
  timeline: number
  lsn: number
  archivedAt: Date
}

/**
 * Some of the archived segments of each timeline, the newest first: close together near its end and further apart the further back, so that what was
 * written since a moment is told to about a tenth by few of them.
 */
export function walMarks({ segments }: ArchivedWal, walSegmentSizeBytes: number): WalMark[] {
  const timelines = new Map<number, WalMark[]>()
  for (const { name, archivedAt } of segments) {
    const segment = parseWalSegment(name, walSegmentSizeBytes)
    if (segment === null) continue
    const { timeline } = segment
    const lsn = (segmentNumber(segment, walSegmentSizeBytes) + 1) * walSegmentSizeBytes
    const marks = timelines.get(timeline) ?? []
    timelines.set(timeline, marks)
    marks.push({ timeline, lsn, archivedAt })
  }
  return [...timelines.keys()].toSorted((a, b) => b - a).flatMap((timeline) => thinned(timelines.get(timeline) ?? []))
}

function thinned(marks: readonly WalMark[]): WalMark[] {
  const newestFirst = marks.toSorted((a, b) => b.lsn - a.lsn)
  const kept: WalMark[] = []
  for (let back = 0; back < newestFirst.length; back = Math.max(back + 1, Math.floor(back * 1.1))) {
    const mark = newestFirst[back]
    if (mark !== undefined) kept.push(mark)
  }
  return kept
}
