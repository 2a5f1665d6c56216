import type { ArchiverSeen } from '#domain/wal/archiver-seen.ts'
import type { BackupSchedule } from './backup-schedule.ts'
import type { BackupStanza } from './backup-stanza.ts'
import type { KeptRun } from './due-runs.ts'
import type { RehearsalScheduleSeen, RehearsalSeen } from '#domain/rehearsal/rehearsal-findings.ts'
import type { WalGap } from '#domain/wal/wal-gaps.ts'

/** What findings about backups are made from. */
export interface BackupJudgedCase {
  stanza: BackupStanza
  /** Of the cluster, as Patroni or Postgres tells it; null = not known. */
  systemIdentifier: string | null
  schedule: BackupSchedule | null
  /** What was due before then was not asked for by this schedule. */
  scheduledSince?: Date
  /** Runs of it that fell due lately. */
  runs?: readonly KeptRun[]
  /** By repository; empty where the archive was not listed. */
  gaps: readonly { repository: number; gap: WalGap }[]
  /** Of the leader; null where SQL does not tell. */
  archiver: ArchiverSeen | null
  walSegmentSizeBytes: number
  /** When the backup that runs began; null while none does or where that is not known. */
  runningSince: Date | null
  /** repo-retention-full by repository, counted in backups; a repository without one is left out. */
  retentionFull: readonly { repository: number; backups: number }[]
  /** Those that have ended, in any order; null or absent = not known, and then nothing is said of them. */
  rehearsals?: readonly RehearsalSeen[] | null
  /** Of rehearsals; null or absent = none is in force. */
  rehearsalsScheduled?: RehearsalScheduleSeen | null
  now: Date
}
