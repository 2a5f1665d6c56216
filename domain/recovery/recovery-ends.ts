import { backupName, type Backup } from '#domain/backup/backup.ts'
import type { WindowEnd } from './recovery-window.ts'
import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'
import type { WalRun } from '#domain/wal/wal-runs.ts'
import { numberedSegment, walSegmentName } from '#domain/wal/wal-segment.ts'

/** Where a window begins: a second after its oldest backup ended, or with its timeline. */
export function earliestEnd(oldest: Backup, history: TimelineHistory, firstArchivedAt: Date | null): WindowEnd {
  const end = backupEnd(oldest)
  const beganAt = history.ancestors.length > 0 ? (history.beganAt ?? firstArchivedAt) : null
  if (beganAt !== null && beganAt > end.at) return { at: beganAt, why: `timeline ${history.timeline} began` }
  return end
}

/** The first moment that can be recovered from a backup. */
export function backupEnd(backup: Backup): WindowEnd {
  // A target in the second the backup ended in is refused: pgBackRest compares whole seconds, strictly.
  return { at: new Date(backup.stoppedAt.getTime() + 1000), why: `end of ${backupName(backup)}` }
}

/** Where a window ends because no more has been archived. */
export function newestEnd(at: Date, timeline: number, run: WalRun, walSegmentSizeBytes: number): WindowEnd {
  return {
    at,
    why: `newest archived WAL segment of timeline ${timeline}, ${nameOf(timeline, run.last, walSegmentSizeBytes)}`,
  }
}

/** Where a window ends because the next segment is missing although later ones are there. */
export function gapEnd(at: Date, timeline: number, run: WalRun, walSegmentSizeBytes: number): WindowEnd {
  return { at, why: `WAL segment ${nameOf(timeline, run.last + 1, walSegmentSizeBytes)} is missing from the archive` }
}

/** Where a window ends because another timeline took over. */
export function successorEnd(at: Date, successor: number): WindowEnd {
  return { at, why: `timeline ${successor} took over` }
}

function nameOf(timeline: number, number: number, walSegmentSizeBytes: number): string {
  return walSegmentName(numberedSegment(timeline, number, walSegmentSizeBytes))
}
