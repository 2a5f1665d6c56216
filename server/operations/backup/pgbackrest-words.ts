import { z } from 'zod'
import { backupTypes } from '#domain/backup.ts'

/** A backup as `info --output=json` lists it. */
export interface ListedBackup extends z.output<typeof backup> {}

/** The backups of one repository, oldest first; null where the answer, or the repository by its own words, cannot be read. */
export function backupsIn(info: unknown, stanza: string, repository: number): ListedBackup[] | null {
  const found = stanzaIn(info, stanza)
  if (found === null || unreadableIn(found, repository) !== null) return null
  return found.backup.filter(({ database }) => database['repo-key'] === repository)
}

/** How much of the running backup is copied, in bytes; null while that is not told (pgBackRest before 2.48 never tells). */
export function progressIn(info: unknown, stanza: string, repository: number): { copied: number; of: number } | null {
  const held = stanzaIn(info, stanza)?.status.lock?.backup
  const told = held?.repo?.find(({ key }) => key === repository) ?? held
  const of = told?.size
  const copied = told?.['size-cplt']
  return of === undefined || copied === undefined || of === 0 ? null : { copied, of }
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
  const { code, message } = found.status
  if (code === 1 || code === 3)
    return `The stanza ${stanza} has not been created yet (pgBackRest on ${node}: ${message}).`
  const unreadable = unreadableIn(found, repository)
  return unreadable === null ? null : `pgBackRest on ${node} cannot read its repository: ${unreadable}`
}

/** How pgBackRest ended, in words; `refused` = it did not begin, since somebody else is at it or it was told not to. */
export function wordsOfExit(exitCode: number, node: string): { kind: 'refused' | 'failed'; sentence: string } {
  const known = exits.get(exitCode)
  if (known) return { kind: known.kind ?? 'failed', sentence: known.words(node) }
  return { kind: 'failed', sentence: `pgBackRest on ${node} ended with error ${exitCode}; its last lines say why.` }
}

/** The label that a job names as what it made; null where it names none. */
export function labelIn(result: unknown): string | null {
  const found = z.object({ label: z.string() }).safeParse(result)
  return found.success ? found.data.label : null
}

const exits = new Map<number, { kind?: 'refused'; words: (node: string) => string }>([
  [
    50,
    {
      kind: 'refused',
      words: (node) =>
        `Another pgBackRest is at work on ${node} and holds the lock: a backup, an expiry or the making of a stanza. Nothing was done. Wait for its end and ask again.`,
    },
  ],
  [
    62,
    {
      kind: 'refused',
      words: (node) =>
        `pgBackRest was told on ${node} to stop, and refuses new work until "pgbackrest start" is run there. WAL is not archived meanwhile either.`,
    },
  ],
  [
    56,
    {
      words: (node) =>
        `pgBackRest on ${node} could not connect to the primary, or found none: see that Postgres runs, who leads, and which hosts its configuration names.`,
    },
  ],
  [
    82,
    {
      words: (node) =>
        `The WAL of this backup was not archived in time: see archive_command and the log of archive-push on the leader, and that ${node} names the same stanza.`,
    },
  ],
  [
    87,
    { words: () => 'Archiving is off in Postgres (archive_mode), and a backup without its WAL cannot be restored.' },
  ],
  [63, { words: (node) => `pgBackRest on ${node} was told to end before it was done.` }],
  [
    51,
    {
      words: () => 'The stanza belongs to other data than this cluster has. Compare system identifiers before you act.',
    },
  ],
  [58, { words: () => 'The stanza belongs to another version or another cluster of Postgres than this one.' }],
  [103, { words: (node) => `pgBackRest on ${node} reaches no valid repository: see that it can be reached and read.` }],
  [95, { words: () => 'The repository cannot be decrypted: its passphrase is another than the one configured.' }],
])

const epochSeconds = z.number().transform((seconds) => new Date(seconds * 1000))

const progress = z.object({ size: z.number().optional(), 'size-cplt': z.number().optional() })

const backup = z
  .object({
    label: z.string(),
    type: z.enum(backupTypes),
    database: z.object({ 'repo-key': z.int().default(1) }),
    timestamp: z.object({ start: epochSeconds, stop: epochSeconds }),
    info: z.object({ size: z.number().optional(), delta: z.number().optional() }).default({}),
    error: z.boolean().nullish(),
    annotation: z.record(z.string(), z.string()).nullish(),
  })
  .transform(({ label, type, database, timestamp, info, error, annotation }) => ({
    label,
    type,
    database,
    startedAt: timestamp.start,
    stoppedAt: timestamp.stop,
    sizeBytes: info.size ?? null,
    deltaBytes: info.delta ?? null,
    hasPageErrors: error === true,
    /** The operation that it was made by; null = it says none (pgBackRest before 2.41 never does). */
    operation: annotation?.['matriarch'] ?? null,
  }))

const status = z.object({ code: z.int(), message: z.string().default('') })

const stanzas = z.array(
  z.object({
    name: z.string(),
    status: status.extend({
      lock: z
        .object({ backup: progress.extend({ repo: z.array(progress.extend({ key: z.int() })).optional() }).optional() })
        .optional(),
    }),
    /** Before 2.32 it knew of no repository but one. */
    repo: z.array(z.object({ key: z.int(), status })).default([]),
    backup: z.array(backup).default([]),
  }),
)

type Stanza = z.output<typeof stanzas>[number]

function stanzaIn(info: unknown, stanza: string): Stanza | null {
  return stanzasIn(info)?.find(({ name }) => name === stanza) ?? null
}

/** Null where pgBackRest failed, or what it said is no such list. */
function stanzasIn(info: unknown): Stanza[] | null {
  const ended = printed.safeParse(info)
  if (ended.success && ended.data.exitCode !== 0) return null
  const found = stanzas.safeParse(withoutWrapping(info))
  return found.success ? found.data : null
}

/** Why pgBackRest could not read a repository, in its own words; null where it could. */
function unreadableIn({ status: whole, repo }: Stanza, repository: number): string | null {
  const own = repo.find(({ key }) => key === repository)
  if (own?.status.code === unreadableCode) return own.status.message || whole.message
  return whole.code === unreadableCode ? whole.message : null
}

const unreadableCode = 99

const printed = z.object({ exitCode: z.int().nullable(), stderr: z.string().default('') })

/** The first line that a program complained with; null where it said nothing. */
function complaintIn(info: unknown): string | null {
  const ended = printed.safeParse(info)
  const line = ended.success ? ended.data.stderr.split('\n').find((each) => each.trim() !== '') : undefined
  return line?.trim() ?? null
}

/** The answer may be the text that pgBackRest printed, an object around that, or what was read of it. */
function withoutWrapping(info: unknown): unknown {
  if (typeof info === 'string') {
    try {
      // System identifiers are larger than what a number of JavaScript can hold.
      return JSON.parse(info.replaceAll(/"system-id":(\d+)/g, '"system-id":"$1"'))
    } catch {
      return null
    }
  }
  if (typeof info === 'object' && info !== null && 'stdout' in info) return withoutWrapping(info.stdout)
  return info
}
