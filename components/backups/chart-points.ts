import type { Backup, BackupType } from '#domain/backup/backup.ts'

/** One backup as the charts draw it. */
export interface ChartPoint {
  key: string
  label: string
  type: BackupType
  repository: number
  /** When it ended, ms since the epoch. */
  at: number
  /** The whole database as it was. */
  databaseBytes: number
  /** What it added to the repository, compressed. */
  addedBytes: number
  durationMs: number
}

/** The newest backups of this cluster, oldest first. */
export function chartPoints(backups: readonly Backup[]): ChartPoint[] {
  return backups
    .filter(({ isOfThisCluster }) => isOfThisCluster)
    .toSorted((a, b) => a.stoppedAt.getTime() - b.stoppedAt.getTime())
    .slice(-atMost)
    .map((backup) => ({
      key: `${backup.repository} ${backup.label}`,
      label: backup.label,
      type: backup.type,
      repository: backup.repository,
      at: backup.stoppedAt.getTime(),
      databaseBytes: backup.sizeBytes,
      addedBytes: backup.repositoryDeltaBytes,
      durationMs: Math.max(0, backup.stoppedAt.getTime() - backup.startedAt.getTime()),
    }))
}

/** More would be too thin to tell apart. */
const atMost = 200
