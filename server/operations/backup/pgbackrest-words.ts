import { z } from 'zod'
import { programOutput } from '#agent/protocol/results.ts'
import { notRunning } from '#domain/backup/backup-progress.ts'
import type { BackupStanza } from '#domain/backup/backup-stanza.ts'
import type { Backup } from '#domain/backup/backup.ts'
import { LookError } from '#server/adapters/look-error.ts'
import { parseInfo } from '#server/adapters/pgbackrest/parse-info.ts'

/** The backups of one repository, oldest first; null where the answer, or the repository by its own words, cannot be read. */
export function backupsIn(info: unknown, stanza: string, repository: number): Backup[] | null {
  const found = stanzaIn(info, stanza)
  if (found === null || unreadableIn(found, repository) !== null) return null
  return found.backups.filter((backup) => backup.repository === repository)
}

/** Folder of this cluster's archive in a repository, e.g. `15-1`; null where there is none, or the answer cannot be read. */
export function archiveIdIn(info: unknown, stanza: string, repository: number): string | null {
  const archives = stanzaIn(info, stanza)?.archives ?? []
  return archives.find((archive) => archive.repository === repository && archive.isOfThisCluster)?.id ?? null
}

/** The operation that a backup was made by; null = it says none (pgBackRest before 2.41 never does). */
export function makerOf({ annotations }: Backup): string | null {
  return annotations['matriarch'] ?? null
}

/** How much of the running backup is copied, in bytes; null while that is not told (pgBackRest before 2.48 never tells). */
export function progressIn(info: unknown, stanza: string, repository: number): { copied: number; of: number } | null {
  const running = stanzaIn(info, stanza)?.backup
  const { doneBytes: copied, totalBytes: of } =
    running?.repositories.find((each) => each.repository === repository) ?? running ?? notRunning
  return of === null || copied === null || of === 0 ? null : { copied, of }
}

/** Why a stanza cannot be backed up by what `info` says of it; null where it can. A stanza without backups is well. */
export function stanzaFault(info: unknown, stanza: string, repository: number, node: string): string | null {
  const answer = stanzasIn(info)
  if (answer === null) {
    const line = complaintIn(info)
    const says = line === null ? '' : ` It says: ${line}`
    return `What pgBackRest on ${node} answered could not be read, so what its repository holds is not known.${says}`
  }
  const found = answer.find(({ name }) => name === stanza)
  if (found === undefined) return `pgBackRest on ${node} knows no stanza ${stanza}.`
  const { statusCode, message } = found
  if (statusCode === 1 || statusCode === 3)
    return `The stanza ${stanza} has not been created yet (pgBackRest on ${node}: ${message}).`
  const unreadable = unreadableIn(found, repository)
  return unreadable === null ? null : `pgBackRest on ${node} cannot read its repository: ${unreadable}`
}

/** The label that a job names as what it made; null where it names none. */
export function labelIn(result: unknown): string | null {
  const found = z.object({ label: z.string() }).safeParse(result)
  return found.success ? found.data.label : null
}

function stanzaIn(info: unknown, stanza: string): BackupStanza | null {
  return stanzasIn(info)?.find(({ name }) => name === stanza) ?? null
}

/** Null where pgBackRest failed, or what it said is no such list. */
function stanzasIn(info: unknown): BackupStanza[] | null {
  const ended = programOutput.safeParse(info)
  if (!ended.success || ended.data.exitCode !== 0) return null
  try {
    return parseInfo(ended.data.stdout, { who: 'the agent', system: 'pgBackRest', address: '' })
  } catch (error) {
    if (error instanceof LookError) return null
    throw error
  }
}

/** Why pgBackRest could not read a repository, in its own words; null where it could. */
function unreadableIn({ statusCode, message, repositories }: BackupStanza, repository: number): string | null {
  const own = repositories.find(({ key }) => key === repository)
  if (own?.statusCode === unreadableCode) return own.message || message
  return statusCode === unreadableCode ? message : null
}

const unreadableCode = 99

/** The first line that a program complained with; null where it said nothing. */
function complaintIn(info: unknown): string | null {
  const ended = programOutput.safeParse(info)
  const line = ended.success ? ended.data.stderr.split('\n').find((each) => each.trim() !== '') : undefined
  return line?.trim() ?? null
}
