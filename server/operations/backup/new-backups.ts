import type { BackupContext } from './context.ts'
import { backupsIn, type ListedBackup } from './pgbackrest-words.ts'

/**
 * Backups that are listed now and were not before, newest first, and of these the operation's own alone where one says so; null
 * where the answer cannot be read.
 */
export function newBackups(
  { facts, operation }: Pick<BackupContext, 'facts' | 'operation'>,
  info: unknown,
): ListedBackup[] | null {
  const { stanza, repository } = operation.plan
  const listed = backupsIn(info, stanza, repository)
  if (listed === null) return null
  const before = new Set(facts.labelsBefore)
  const fresh = listed.filter(({ label }) => !before.has(label)).toReversed()
  const own = fresh.filter((each) => each.operation === operation.id || each.label === facts.jobLabel)
  return own.length > 0 ? own : fresh
}
