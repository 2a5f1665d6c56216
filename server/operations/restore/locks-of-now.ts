import type { BackupView } from '#domain/backup/backup-view.ts'
import { AppError } from '#server/errors.ts'
import type { Asking } from './ask-node.ts'
import { askStanza } from './ask-stanza.ts'

/**
 * The view of the backups, and where something ran when it was taken, whether it still does: a look that also lists the archive may be told long
 * after a backup has ended. Where that cannot be asked now it stays as seen.
 */
export async function withLocksOfNow(context: Asking, view: BackupView | null): Promise<BackupView | null> {
  const { stanza } = view ?? {}
  if (view === null || !stanza || !(stanza.backup.isRunning || stanza.restore.isRunning)) return view
  const told = await askStanza(context, { node: view.node, stanza: stanza.name }, patienceMs).catch(
    (error: unknown) => {
      if (error instanceof AppError && error.code !== 'internal') return null
      throw error
    },
  )
  if (told === null || 'fault' in told || told.found === null) return view
  const { backup, restore } = told.found
  return { ...view, stanza: { ...stanza, backup, restore } }
}

const patienceMs = 5_000
