/** How far something has come that holds a lock of pgBackRest. */
export interface BackupProgress {
  isRunning: boolean
  /** 0 to 1, by bytes copied; null where pgBackRest does not say (yet). Stays at 1 while WAL is awaited and old backups expire. */
  fraction: number | null
  totalBytes: number | null
  doneBytes: number | null
  /** The same for each repository; told from 2.59 on, empty before. */
  repositories: { repository: number; totalBytes: number; doneBytes: number }[]
}

/** Nothing runs. */
export const notRunning: BackupProgress = {
  isRunning: false,
  fraction: null,
  totalBytes: null,
  doneBytes: null,
  repositories: [],
}

/** What is done of a whole, 0 to 1; null where the whole is not known. */
export function fractionOf(doneBytes: number | null, totalBytes: number | null): number | null {
  if (doneBytes === null || totalBytes === null || totalBytes <= 0) return null
  return Math.min(1, Math.max(0, doneBytes / totalBytes))
}
