import type { BackupChoice } from './backup-choice.ts'
import { backupName, type Backup } from '#domain/backup/backup.ts'
import type { RecoveryWindow } from './recovery-window.ts'

/** A choice with what must be known of it before anybody acts on it. */
export function chosen(made: {
  window: RecoveryWindow
  backup: Backup
  why: string
  isLeftBehind: boolean
  targetTimeline?: number
  warnings?: string[]
}): BackupChoice {
  const { window, backup, why, isLeftBehind, warnings = [] } = made
  return {
    kind: 'chosen',
    backup,
    targetTimeline: made.targetTimeline ?? window.targetTimeline,
    why,
    warnings: [...pageErrors(window, backup), ...(isLeftBehind ? [leftBehind(window)] : []), ...warnings],
  }
}

/** A refusal that names no nearer moment, or the one given. */
export function refused(sentence: string, nearestAt: Date | null = null, isEndOfArchiveBetter = false): BackupChoice {
  return { kind: 'refused', sentence, nearestAt, isEndOfArchiveBetter }
}

/** pgBackRest restores it all the same, damage included. */
function pageErrors({ backups }: RecoveryWindow, backup: Backup): string[] {
  if (backup.hasPageErrors !== true) return []
  const sound = backups.findLast((other) => other.hasPageErrors !== true && other.stoppedAt < backup.stoppedAt)
  const instead = sound === undefined ? 'no older one is free of them' : `${backupName(sound)} is free of them`
  return [`Pages failed their checksum while ${backupName(backup)} was taken; ${instead}.`]
}

function leftBehind({ timeline }: RecoveryWindow): string {
  return `Timeline ${timeline} was left behind there: what it holds is not what the cluster went on with.`
}
