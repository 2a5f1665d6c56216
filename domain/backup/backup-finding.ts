/** A named analysis of a cluster's backups; the name is stable, the sentence is for people. */
export interface BackupFinding {
  kind: BackupFindingKind
  severity: 'critical' | 'warning' | 'info'
  /** Key of the repository it speaks of; null = the cluster. */
  repository: number | null
  /** Label of the backup it speaks of, where it is one. */
  backup: string | null
  sentence: string
  /** What a person may do next. */
  advice: string
}

export type BackupFindingKind =
  | 'no-backup'
  | 'full-overdue' // newest full backup is older than the schedule allows, or than 8 days where there is none
  | 'backup-old' // without a schedule: newest backup of any type is older than 2 days
  | 'run-missed' // a scheduled backup was not begun in time, and nothing has made it good since
  | 'page-errors' // pages failed their checksum while a backup was taken
  | 'repository-problem' // any status of a repository but ok
  | 'repositories-differ' // status 4: told of the stanza
  | 'other-cluster' // the stanza is for a database with another system identifier
  | 'wal-gap'
  | 'archiver-failing'
  | 'archiver-behind' // segments wait to be archived
  | 'archive-behind' // the archive lacks what Postgres takes for archived
  | 'archive-stale' // nothing archived for long
  | 'reference-gone' // what a backup builds on is not there
  | 'backup-running-long'
  | 'retention-of-one'
  | 'rehearsal-overdue' // none has gone well as scheduled, or for 35 days where nothing is scheduled, or ever
  | 'rehearsal-failed' // the newest did
