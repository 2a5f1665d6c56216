import type { BackupStanza } from '#domain/backup/backup-stanza.ts'
import { type AskedAgent, readBackupInfo } from '#server/adapters/agent/pgbackrest.ts'
import { AppError } from '#server/errors.ts'

/**
 * The stanza as it was seen, without what has ended since: an archive may take longer to list than what ran beside it. What a backup that ended has
 * left is for the next look, which lists the archive to it. Where it cannot be asked, what ran runs as seen.
 */
export async function stillRunning(asked: AskedAgent, stanza: BackupStanza): Promise<BackupStanza> {
  if (!isBusy(stanza)) return stanza
  const now = await readBackupInfo(asked, stanza.name).catch((error: unknown) => {
    if (error instanceof AppError) return null
    throw error
  })
  if (now === null) return stanza
  // What runs on was seen with its progress, which takes a question of its own.
  const backup = stanza.backup.isRunning && now.backup.isRunning ? stanza.backup : now.backup
  return { ...stanza, backup, restore: now.restore }
}

/** True while a backup, an expiry or a restore of the stanza is under way. */
export function isBusy({ backup, restore }: BackupStanza): boolean {
  return backup.isRunning || restore.isRunning
}
