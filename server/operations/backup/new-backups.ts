import type { Facts } from '../define.ts'
import { backupsIn, type ListedBackup } from './pgbackrest-words.ts'

/** Backups that are listed now and were not before, newest first; null where the answer cannot be read. */
export function newBackups(
  { labelsBefore = [], jobLabel = null }: Facts,
  info: unknown,
  { stanza, repository }: { stanza: string; repository: number },
): ListedBackup[] | null {
  const listed = backupsIn(info, stanza, repository)
  if (listed === null) return null
  const before = new Set(labelsBefore)
  const fresh = listed.filter(({ label }) => !before.has(label)).toReversed()
  const own = fresh.filter(({ label }) => label === jobLabel)
  return own.length > 0 ? own : fresh
}
