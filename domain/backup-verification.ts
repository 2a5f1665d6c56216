/** What `pgbackrest verify` found. Its exit code says nothing: it is 0 whatever is found (verify.c). */
export interface BackupVerification {
  stanza: string
  isSound: boolean
  archives: (FileCounts & { archiveId: string })[]
  backups: (FileCounts & { label: string; status: VerifiedStatus })[]
  /** Anything else it says, e.g. that there is nothing to verify. */
  remarks: string[]
}

export type VerifiedStatus = 'valid' | 'invalid' | 'manifest missing' | 'in-progress' | (string & {})

export interface FileCounts {
  checked: number
  valid: number
  missing: number
  checksumInvalid: number
  sizeInvalid: number
  other: number
}
