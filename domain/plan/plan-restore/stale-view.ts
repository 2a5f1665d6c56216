import type { BackupView } from '#domain/backup/backup-view.ts'
import { formatAge } from '#domain/format.ts'

/** Said where what is known of the backups is older than a few looks: some may have expired since. */
export function staleViewWarnings(backups: BackupView | null, now: Date): string[] {
  if (backups === null || now.getTime() - backups.readAt.getTime() <= staleMs) return []
  return [`The backups were last read ${formatAge(backups.readAt, now)} ago; what expired since is not known.`]
}

const staleMs = 300_000
