import type { BackupChoice } from './backup-choice.ts'

/** Room that restored data and the WAL it replays take, bytes; null where no backup was chosen. */
export function roomFor(choice: BackupChoice | null): number | null {
  return choice?.kind === 'chosen' ? Math.ceil(choice.backup.sizeBytes * roomFactor) : null
}

/** What is replayed makes it grow beyond the size of the backup. */
export const roomFactor = 1.1
