/** One backup as a repository lists it (pgBackRest info.c, `backup`). Times are whole seconds, as pgBackRest keeps them. */
export interface Backup {
  /** E.g. `20261124-010000F_20261125-010000D`; its times are in the zone of the machine that made it, so read `startedAt`. */
  label: string
  type: BackupType
  /** Key of the repository that holds it, from 1. */
  repository: number
  startedAt: Date
  stoppedAt: Date
  /** The whole database as it was. */
  sizeBytes: number
  /** How much of it this backup copied. */
  deltaBytes: number
  /** What restoring it reads from the repository, compressed; null with block incremental, which does not tell. */
  repositorySizeBytes: number | null
  /** What this backup added to the repository, compressed. */
  repositoryDeltaBytes: number
  /** The backup it was taken against; null for a full one. */
  prior: string | null
  /** Every other backup without which this one cannot be restored. */
  references: string[]
  /** First and last WAL segment needed to make it consistent; null for a backup taken while Postgres was stopped. */
  walStart: string | null
  walStop: string | null
  lsnStart: number | null
  lsnStop: number | null
  /** The timeline it was taken on, read from its WAL; null where it has none. */
  timeline: number | null
  /** Whether pages failed their checksum while it was copied; null = was not looked at. */
  hasPageErrors: boolean | null
  annotations: Record<string, string>
  /** False where it holds the data of an earlier cluster of the same stanza, e.g. from before pg_upgrade. */
  isOfThisCluster: boolean
}

export const backupTypes = ['full', 'diff', 'incr'] as const

export type BackupType = (typeof backupTypes)[number]

/** A backup as a sentence names it: `full backup 20261124-010000F`. */
export function backupName({ type, label }: Pick<Backup, 'type' | 'label'>): string {
  return `${backupTypeWord(type)} backup ${label}`
}

/** The type of a backup in words: `full`, `differential`, `incremental`. */
export function backupTypeWord(type: BackupType): string {
  return typeWords[type]
}

/** Labels this backup needs that are no longer among the given ones of its repository; empty when it can be restored. */
export function missingReferences(backup: Backup, all: readonly Backup[]): string[] {
  const held = new Set(all.filter(({ repository }) => repository === backup.repository).map(({ label }) => label))
  const needed = backup.prior === null ? backup.references : [...backup.references, backup.prior]
  return [...new Set(needed)].filter((label) => !held.has(label))
}

const typeWords = { full: 'full', diff: 'differential', incr: 'incremental' } as const satisfies Record<
  BackupType,
  string
>
