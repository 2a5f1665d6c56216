import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'
import { segmentNumberAt } from './wal-segment.ts'

/** The way WAL is read to reach a timeline: which timeline each segment is taken from. */
export interface TimelinePath {
  timeline: number
  /** Oldest timeline first; segment numbers from `first` up to and with `last`, null = without end. */
  stretches: { timeline: number; first: number; last: number | null; endLsn: number | null }[]
}

/**
 * The path of a timeline by its history. The segment in which a timeline begins is read from that timeline, which starts it
 * with a copy of what its parent had written (xlogrecovery.c XLogFileReadAnyTLI; xlog.c XLogInitNewTimeline).
 */
export function pathOf({ timeline, ancestors }: TimelineHistory, walSegmentSizeBytes: number): TimelinePath {
  const begins = [0, ...ancestors.map(({ endLsn }) => segmentNumberAt(endLsn, walSegmentSizeBytes))]
  const stretches = [...ancestors, { timeline, endLsn: null }].map((each, index) => {
    const next = begins[index + 1]
    return {
      timeline: each.timeline,
      first: begins[index] ?? 0,
      last: next === undefined ? null : next - 1,
      endLsn: each.endLsn,
    }
  })
  return { timeline, stretches }
}

/** The first segment that a path takes from its own timeline. */
export function firstOwnSegment(path: TimelinePath): number {
  return path.stretches.at(-1)?.first ?? 0
}

/** The history to go by for a timeline: the given one, or none known. */
export function historyOf(histories: readonly TimelineHistory[], timeline: number): TimelineHistory {
  return histories.find((history) => history.timeline === timeline) ?? { timeline, ancestors: [], beganAt: null }
}
