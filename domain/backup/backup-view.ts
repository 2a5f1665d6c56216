import type { ArchiverSeen } from '#domain/wal/archiver-seen.ts'
import type { Backup } from './backup.ts'
import type { BackupStanza } from './backup-stanza.ts'
import { backupEnd } from '#domain/recovery/recovery-ends.ts'
import type { RecoveryWindow } from '#domain/recovery/recovery-window.ts'
import type { RepositoryRetention } from './repository-retention.ts'
import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'
import type { WalGap } from '#domain/wal/wal-gaps.ts'
import type { WalMark } from '#domain/wal/wal-marks.ts'

/** A cluster's backups and its archive as last seen; what could not be read anew stays, with its problem. */
export interface BackupView {
  /** Node whose agent told it. */
  node: string
  /** Name of the stanza, as that agent's own settings have it. */
  stanzaName: string
  /** Null = pgBackRest knows no such stanza. */
  stanza: BackupStanza | null
  /** When `pgbackrest info` was read. */
  readAt: Date
  /** Older backups than these are not kept. */
  backupsLeftOut: number
  /** First seen running at; null while no backup runs. */
  runningSince: Date | null
  /** Null = not listed yet. */
  archive: ArchiveView | null
  /** Of the leader; null where SQL has not told. */
  archiver: ArchiverSeen | null
  walSegmentSizeBytes: number
  /** The cluster's current timeline; null = not known. */
  timeline: number | null
  systemIdentifier: string | null
  /** By the configuration on that node; absent where it was not read. */
  retention?: readonly RepositoryRetention[]
  problems: BackupViewProblem[]
}

/** What the files of the archive say. */
export interface ArchiveView {
  listedAt: Date
  windows: KeptWindow[]
  gaps: { repository: number; gap: WalGap }[]
  histories: TimelineHistory[]
  /** How far WAL was written when, the newest timeline first; absent where that was not kept. */
  marks?: WalMark[]
}

/** A window that names its backups by their labels. */
export interface KeptWindow extends Omit<RecoveryWindow, 'backups' | 'surelyUntil'> {
  surelyUntilAt: Date
  backups: string[]
}

/** Why a part of the view is older than the rest, or not there. */
export interface BackupViewProblem {
  part: BackupViewPart
  sentence: string
  since: Date
}

export type BackupViewPart = 'archive' | 'archiver'

/** A window as it is kept. */
export function keepWindow({ backups, surelyUntil, ...window }: RecoveryWindow): KeptWindow {
  return { ...window, surelyUntilAt: surelyUntil, backups: backups.map(({ label }) => label) }
}

/** The windows of a view with the backups that are still there, each from the oldest of these on; empty where the archive was not listed. */
export function windowsIn({ archive, stanza, backupsLeftOut }: BackupView): RecoveryWindow[] {
  const held = new Map(stanza?.backups.map((backup) => [`${backup.repository} ${backup.label}`, backup]))
  return (archive?.windows ?? []).flatMap(({ surelyUntilAt, backups, ...kept }) => {
    const window = {
      ...kept,
      surelyUntil: surelyUntilAt,
      backups: backups.flatMap((label): Backup[] => {
        const backup = held.get(`${kept.repository} ${label}`)
        return backup === undefined ? [] : [backup]
      }),
    }
    // A backup that is merely not kept in the view is not gone.
    return backupsLeftOut > 0 || window.backups.length === backups.length ? [window] : narrowed(window)
  })
}

/** A window whose oldest backups have expired since the archive was listed; none where all have, or where nothing is left of it. */
function narrowed(window: RecoveryWindow): RecoveryWindow[] {
  const [oldest] = window.backups
  if (oldest === undefined) return []
  const end = backupEnd(oldest)
  if (end.at <= window.earliest.at) return [window]
  if (end.at > window.latest.at) return []
  const surelyUntil = window.surelyUntil > end.at ? window.surelyUntil : end.at
  return [{ ...window, earliest: end, surelyUntil, fromLsn: Math.max(window.fromLsn, oldest.lsnStop ?? 0) }]
}
