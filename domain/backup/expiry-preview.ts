/** What `pgbackrest expire --dry-run` says would go. */
export interface ExpiryPreview {
  /** Oldest first; what builds on an expired backup goes with it. */
  backups: { repository: number; label: string }[]
  /** WAL that would go, by its first and last segment. */
  archives: { repository: number; archiveId: string; first: string; last: string }[]
}
