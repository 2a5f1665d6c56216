import type { ArchivedWal } from '#domain/wal/archived-wal.ts'
import type { Backup } from '#domain/backup/backup.ts'
import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'

/** A span of moments that recovery can land on, on one timeline with the WAL of one repository; no gap lies in it. */
export interface RecoveryWindow {
  repository: number
  /** The timeline whose moments these are. */
  timeline: number
  /** What to give as --target-timeline: the timeline itself, or the one that went on from it without a loss. */
  targetTimeline: number
  /** A point is a backup with no more WAL than its own: only its end can be recovered, as type immediate. */
  kind: 'span' | 'point'
  earliest: WindowEnd
  latest: WindowEnd
  /** Said where later segments of the timeline are archived already, behind a gap. */
  isCut?: true
  /** Up to here a later commit is likely to be archived, by which Postgres knows that it has passed a moment. */
  surelyUntil: Date
  /** WAL positions that can be landed on: from, and up to. */
  fromLsn: number
  toLsn: number
  /** The backups that recovery can start from, oldest first. */
  backups: Backup[]
}

export interface WindowEnd {
  at: Date
  /** Why it is here, e.g. `end of full backup 20261124-010000F`. */
  why: string
}

/** What the windows of one repository are worked out from. */
export interface RecoveryEvidence {
  backups: readonly Backup[]
  archived: ArchivedWal
  /** Of each timeline but the first; one that is missing hides how that timeline is reached from older backups. */
  histories: readonly TimelineHistory[]
  walSegmentSizeBytes: number
}
