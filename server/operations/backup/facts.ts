import type { BackupResult } from '#domain/operation/operation.ts'

/** What the steps of a backup have found out so far. */
export interface BackupFacts {
  /** Labels that the repository listed before the backup was asked for. */
  labelsBefore?: string[]
  /** Number of the first line of the job's output that was not told yet. */
  nextLine?: number
  /** Label that the job itself names. */
  jobLabel?: string | null
  /** The backup as the repository lists it. */
  backup?: BackupResult
}
