import { programOutput } from '#agent/protocol/results.ts'
import type { BackupView } from '#domain/backup-view.ts'
import { parseInfo } from '#server/adapters/pgbackrest/parse-info.ts'
import { AppError } from '#server/errors.ts'
import { type Asking, askNode } from './ask-node.ts'

/**
 * The view of the backups, and where something ran when it was taken, whether it still does: a look that also lists the archive may be told long
 * after a backup has ended. Where that cannot be asked now it stays as seen.
 */
export async function withLocksOfNow(context: Asking, view: BackupView | null): Promise<BackupView | null> {
  const { stanza } = view ?? {}
  if (view === null || !stanza || !(stanza.backup.isRunning || stanza.restore.isRunning)) return view
  const { node } = view
  const found = await infoOf(context, { node, stanza: stanza.name }).catch((error: unknown) => {
    if (error instanceof AppError && error.code !== 'internal') return undefined
    throw error
  })
  return found === undefined ? view : { ...view, stanza: { ...stanza, backup: found.backup, restore: found.restore } }
}

async function infoOf(context: Asking, { node, stanza }: { node: string; stanza: string }) {
  const asked = { node, verb: 'pgbackrest-info', args: { stanza } } as const
  const { stdout } = await askNode(context, asked, programOutput, patienceMs)
  const target = { who: node, system: 'pgBackRest', address: node }
  return parseInfo(stdout, target).find(({ name }) => name === stanza)
}

const patienceMs = 5_000
