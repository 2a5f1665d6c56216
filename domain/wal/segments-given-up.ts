import type { ArchivedSegment } from './archived-wal.ts'
import type { GivenUp } from './given-up.ts'
import { onPath } from './segments-between.ts'
import type { TimelinePath } from './timeline-path.ts'
import { numberedSegment, parseWalSegment, segmentNumber, segmentNumberAt, walSegmentName } from './wal-segment.ts'

/** Segments to be read for what a recovery gives up. */
export interface SegmentsGivenUp {
  /** Oldest first. Empty where nothing is archived by which to tell. */
  names: string[]
  /** What follows the last of them on the line: a node may have it already. Null where there are none. */
  following: string | null
  /** The first of those that are missing between them, or before them; null = none is. */
  firstMissing: string | null
  /** True where the line has no archived segment before them. */
  isFromStart: boolean
}

/** The segments of a line from where a recovery leaves it on, at most so many. See segmentsBetween for the one before. */
export function segmentsGivenUp(given: {
  segments: readonly ArchivedSegment[]
  path: TimelinePath
  walSegmentSizeBytes: number
  from: Pick<GivenUp, 'fromAt' | 'fromLsn'>
  most: number
}): SegmentsGivenUp {
  const { path, walSegmentSizeBytes, most } = given
  const { fromAt, fromLsn } = given.from
  const line = numbered(onPath(given), walSegmentSizeBytes)
  const starts: number[] = []
  if (fromLsn !== null) starts.push(segmentNumberAt(fromLsn, walSegmentSizeBytes))
  if (fromAt !== null && line.length > 0) {
    const after = line.findIndex(({ archivedAt }) => archivedAt >= fromAt)
    const index = Math.max(0, (after === -1 ? line.length : after) - 1)
    starts.push(line[index]?.number ?? 0)
  }
  if (starts.length === 0) return { names: [], following: null, firstMissing: null, isFromStart: true }
  const start = Math.min(...starts)
  const chosen = line.filter(({ number }) => number >= start).slice(0, most)
  const isFromStart = (line[0]?.number ?? start) >= start
  const nameOf = (number: number) =>
    walSegmentName(numberedSegment(timelineAt(path, number), number, walSegmentSizeBytes))
  // Nothing of it is archived: what the node itself has begins there.
  if (chosen.length === 0) {
    return { names: [nameOf(start)], following: nameOf(start + 1), firstMissing: null, isFromStart }
  }
  const gap = chosen.find(({ number }, index) => number !== (chosen[index - 1]?.number ?? start - 1) + 1)
  const missing = gap === undefined ? null : (chosen[chosen.indexOf(gap) - 1]?.number ?? start - 1) + 1
  return {
    names: chosen.map(({ name }) => name),
    following: nameOf((chosen.at(-1)?.number ?? start) + 1),
    firstMissing: missing === null ? null : nameOf(missing),
    isFromStart,
  }
}

/** Each number once, however often an archive holds it. */
function numbered(line: readonly ArchivedSegment[], walSegmentSizeBytes: number) {
  return line
    .flatMap((segment) => {
      const parsed = parseWalSegment(segment.name, walSegmentSizeBytes)
      return parsed === null ? [] : [{ ...segment, number: segmentNumber(parsed, walSegmentSizeBytes) }]
    })
    .filter(({ number }, index, all) => number !== all[index - 1]?.number)
}

function timelineAt({ timeline, stretches }: TimelinePath, number: number): number {
  return stretches.find(({ first, last }) => number >= first && (last === null || number <= last))?.timeline ?? timeline
}
