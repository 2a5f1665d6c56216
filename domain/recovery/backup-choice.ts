import type { Backup } from '#domain/backup/backup.ts'
import type { RecoveryWindow } from './recovery-window.ts'
import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'

/** Where a recovery shall stop. `timeline` null = the current line, where the moment lies on it. */
export type RecoveryTarget =
  | { type: 'time'; at: Date; timeline: number | null }
  | { type: 'lsn'; lsn: number; timeline: number | null; isExclusive?: boolean }
  /** `at`: when that transaction committed, where it is known; by it the backup is chosen if no set is named. `isExclusive` = stop before it. */
  | { type: 'xid'; value: string; set: string | null; timeline: number | null; isExclusive?: boolean; at?: Date }
  | { type: 'name'; value: string; set: string | null; timeline: number | null; at?: Date }
  | { type: 'immediate'; set: string | null }
  | { type: 'default'; timeline: number | null }

/** What is known when a backup is chosen. */
export interface ChoiceCase {
  target: RecoveryTarget
  /** Of every repository. */
  windows: readonly RecoveryWindow[]
  /** Of the current timeline; null = not known, and then nothing is said to be left behind. */
  history: TimelineHistory | null
  /** The last commit on the current timeline, where it is known. */
  lastCommitAt: Date | null
  /** Said while a leader runs that archives what it has not yet, and a commit after the target, before it is stopped. */
  stillArchives?: StillArchives | null
  now: Date
}

/** What a running leader can still add to the archive, or added before it stopped. */
export interface StillArchives {
  /** The timeline it writes. */
  timeline: number
  /** Its newest WAL position; null = not known. */
  lsn: number | null
  walSegmentSizeBytes: number
  /** Said where it has stopped meanwhile: the moment up to which it archived, with a commit there. */
  until?: Date
}

export type BackupChoice =
  | {
      kind: 'chosen'
      /** For --set and --repo. */
      backup: Backup
      /** For --target-timeline: always said, because `latest` follows the newest branch, whichever that is. */
      targetTimeline: number
      why: string
      warnings: string[]
    }
  | {
      kind: 'refused'
      sentence: string
      /** The nearest moment that can be recovered; null = none, or the target is no moment. */
      nearestAt: Date | null
      /** True where recovery to the end of the archive gives what is meant. */
      isEndOfArchiveBetter: boolean
    }
