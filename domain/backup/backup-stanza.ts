import type { BackupProgress } from './backup-progress.ts'
import type { BackupRepository, RepositoryCipher } from './backup-repository.ts'
import type { Backup } from './backup.ts'

/** One stanza as `pgbackrest info` tells it: the repositories of one cluster and the backups in them. */
export interface BackupStanza {
  name: string
  cipher: RepositoryCipher
  /** 0 ok, 1 no stanza path, 2 no valid backups, 3 no stanza data, 4 the repositories differ, 5 database mismatch, 6 backup not found, 99 other. */
  statusCode: number
  message: string
  repositories: BackupRepository[]
  /** Every database the stanza has held; the one of this cluster has the highest id of its repository. */
  databases: StanzaDatabase[]
  archives: StanzaArchive[]
  /** Oldest first, across the repositories. */
  backups: Backup[]
  /** Something holds the stanza's backup lock on the machine that was asked: a backup, but also an expire. */
  backup: BackupProgress
  restore: BackupProgress
}

export interface StanzaDatabase {
  id: number
  repository: number
  /** 64 bits, so kept as text; compare it as text. */
  systemIdentifier: string
  /** Postgres's major version, e.g. `15` or `9.6`. */
  version: string
}

export interface StanzaArchive {
  repository: number
  /** Its folder below `archive/<stanza>`, e.g. `15-1`. */
  id: string
  /** First and last segment by name; timelines sort after one another and a gap does not show. Null = nothing archived. */
  walMin: string | null
  walMax: string | null
  isOfThisCluster: boolean
}
