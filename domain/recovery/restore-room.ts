import type { Backup } from '#domain/backup/backup.ts'
import type { BackupChoice } from './backup-choice.ts'

/** Room that restored data and the WAL it replays take, bytes; null where no backup was chosen. */
export function roomFor(choice: BackupChoice | null): number | null {
  return choice?.kind === 'chosen' ? roomOf(choice.backup) : null
}

/** Room that the data of a backup takes with what it has grown by since, bytes. */
export function roomOf({ sizeBytes }: Pick<Backup, 'sizeBytes'>): number {
  return Math.ceil(sizeBytes * roomFactor)
}

/** What is replayed makes it grow beyond the size of the backup. */
export const roomFactor = 1.1
