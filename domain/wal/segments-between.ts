import type { ArchivedSegment } from './archived-wal.ts'
import type { TimelinePath } from './timeline-path.ts'
import { parseWalSegment, segmentNumber } from './wal-segment.ts'

/** Segments to be read for what was committed between two moments. */
export interface SegmentsChosen {
  /** In the order in which they were written; empty where none was archived in that time. */
  names: string[]
  /** True where there are more than may be read: the newest were chosen. */
  isCut: boolean
  /** When the last of them was archived; null = there is none. */
  lastArchivedAt: Date | null
}

/**
 * The archived segments that hold what was committed between two moments, on one line of timelines. A segment holds nothing younger than its file,
 * and what is older than the one before it lies in that one; since the clocks of archive and cluster differ, and an archive tells whole seconds alone,
 * one more is taken on each side, also where all seem to be older.
 */
export function segmentsBetween(given: {
  segments: readonly ArchivedSegment[]
  path: TimelinePath
  walSegmentSizeBytes: number
  fromAt: Date
  toAt: Date
  most: number
}): SegmentsChosen {
  const line = onPath(given)
  const found = line.findIndex(({ archivedAt }) => archivedAt >= given.fromAt)
  const first = found === -1 ? line.length : found
  const last = line.findIndex(({ archivedAt }, index) => index >= first && archivedAt >= given.toAt)
  const end = last === -1 ? line.length : last + 2
  const chosen = line.slice(Math.max(0, first - 1), end)
  const read = chosen.slice(-given.most)
  return {
    names: read.map(({ name }) => name),
    isCut: read.length < chosen.length,
    lastArchivedAt: read.at(-1)?.archivedAt ?? null,
  }
}

/** Those of some segments that lie on a line of timelines, oldest first. */
export function onPath({
  segments,
  path,
  walSegmentSizeBytes,
}: Pick<Parameters<typeof segmentsBetween>[0], 'segments' | 'path' | 'walSegmentSizeBytes'>): ArchivedSegment[] {
  return segments
    .flatMap((segment) => {
      const parsed = parseWalSegment(segment.name, walSegmentSizeBytes)
      if (parsed === null) return []
      const number = segmentNumber(parsed, walSegmentSizeBytes)
      const isRead = path.stretches.some(
        ({ timeline, first, last }) =>
          timeline === parsed.timeline && number >= first && (last === null || number <= last),
      )
      return isRead ? [{ number, segment }] : []
    })
    .toSorted((a, b) => a.number - b.number)
    .map(({ segment }) => segment)
}

/** The folders of an archive that may hold such segments, newest first: each is named by its timeline and log. */
export function foldersOnPath(folders: readonly string[], path: TimelinePath, walSegmentSizeBytes: number): string[] {
  const perLog = 2 ** 32 / walSegmentSizeBytes
  return folders
    .filter((folder) => {
      const timeline = Number.parseInt(folder.slice(0, 8), 16)
      const log = Number.parseInt(folder.slice(8), 16)
      return path.stretches.some(
        (stretch) =>
          stretch.timeline === timeline &&
          (log + 1) * perLog > stretch.first &&
          (stretch.last === null || log * perLog <= stretch.last),
      )
    })
    .toSorted((a, b) => (a < b ? 1 : -1))
}
