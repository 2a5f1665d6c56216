import type { Backup } from '#domain/backup/backup.ts'
import type { BackupContext } from './context.ts'
import { backupsIn, makerOf } from './pgbackrest-words.ts'

/** What became listed since the backup was asked for, newest first. */
export interface NewBackups {
  /** Those of the operation itself, by the label that its job named or else by their annotation. */
  own: Backup[]
  /** Those that say of no operation that it made them, and began after the operation was requested. */
  unsigned: Backup[]
}

/** Backups that are listed now and were not before, without those of other operations; null where the answer cannot be read. */
export function newBackups(
  { facts, operation }: Pick<BackupContext, 'facts' | 'operation'>,
  info: unknown,
): NewBackups | null {
  const { stanza, repository } = operation.plan
  const listed = backupsIn(info, stanza, repository)
  if (listed === null) return null
  const before = new Set(facts.labelsBefore)
  const fresh = listed
    .filter((backup) => !before.has(backup.label) && [null, operation.id].includes(makerOf(backup)))
    .toReversed()
  const { jobLabel } = facts
  if (typeof jobLabel === 'string') return { own: fresh.filter(({ label }) => label === jobLabel), unsigned: [] }
  // pgBackRest tells whole seconds.
  const requestedAt = Math.floor(operation.requestedAt.getTime() / 1000) * 1000
  return {
    own: fresh.filter((backup) => makerOf(backup) !== null),
    unsigned: fresh.filter((backup) => makerOf(backup) === null && backup.startedAt.getTime() >= requestedAt),
  }
}
