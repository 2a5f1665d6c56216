import * as z from 'zod/mini'
import './schema-words.ts'

/**
 * How dangerous a verb is. `read` changes nothing. `careful` may cost time or space. `stopping` takes the node out of service
 * or brings it back. `destructive` can lose data.
 */
export type Danger = 'read' | 'careful' | 'stopping' | 'destructive'

/** One thing that an agent can be asked to do. There is none that takes a command. */
export interface Verb<Args extends z.ZodMiniType = z.ZodMiniType> {
  danger: Danger
  /** `call` answers at once; `job` is journaled, outlives the agent and is asked after by `job-state`. */
  form: 'call' | 'job'
  /** Longest that it may take, ms; a call is answered within it, a job is ended after it. */
  deadlineMs: number
  args: Args
}

const nothing = z.strictObject({})
const stanza = z.string().check(z.regex(/^[a-z0-9][a-z0-9_-]{0,62}$/))
const label = z.string().check(z.regex(/^\d{8}-\d{6}F(_\d{8}-\d{6}[DI])?$/))
const repository = z.int().check(z.minimum(1), z.maximum(256))
/** One operation's own folder for data set aside: its id. */
const asideName = z.uuid()
const timeline = z.int().check(z.minimum(1), z.maximum(0xffff_ffff))
/** Of a cluster's archive, e.g. `15-1`. */
const archiveId = z.string().check(z.regex(/^\d{1,2}(\.\d)?-\d{1,4}$/))
/** As Postgres keeps them: any characters but those of control, at most 63 bytes. */
const databaseName = z.string().check(z.regex(/^\P{Cc}{1,63}$/u))
const objectName = databaseName
const port = z.int().check(z.minimum(1024), z.maximum(65_535))
/** UTC, as JavaScript writes it. */
const instant = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/))

const segmentName = z.string().check(z.regex(/^[0-9A-F]{24}$/))

/** As Postgres writes it. */
const position = z.string().check(z.regex(/^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/))

/** A place in WAL where a recovery stops. `exclusive` stops before the transaction instead of after it. */
const stoppingTarget = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('time'),
    /** `YYYY-MM-DD HH:MM:SS.ffffff+00`: other forms are read in some machine's own zone. */
    value: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00$/)),
    exclusive: z._default(z.boolean(), false),
  }),
  z.strictObject({
    type: z.literal('lsn'),
    value: position,
    exclusive: z._default(z.boolean(), false),
  }),
  z.strictObject({
    type: z.literal('xid'),
    value: z.string().check(z.regex(/^[1-9]\d{0,9}$/)),
    exclusive: z._default(z.boolean(), false),
  }),
  z.strictObject({ type: z.literal('name'), value: z.string().check(z.regex(/^[A-Za-z0-9_][A-Za-z0-9_ .:-]{0,62}$/)) }),
])

/** Where a recovery stops. */
export const recoveryTarget = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('default') }),
  z.strictObject({ type: z.literal('immediate') }),
  stoppingTarget,
])

const setting = z.exactOptional(z.int().check(z.minimum(0), z.maximum(262_143)))
const leastSettings = z.strictObject({
  max_connections: setting,
  max_worker_processes: setting,
  max_wal_senders: setting,
  max_prepared_transactions: setting,
  max_locks_per_transaction: setting,
})

/** Everything an agent can be asked for, with the form of its arguments. A new verb needs a danger of its own. */
export const verbs = {
  facts: {
    danger: 'read',
    form: 'call',
    deadlineMs: 15_000,
    /**
     * `withoutVersions`: no program is started to tell its version; those are null then. `withClients`, `withKept`: what
     * `clients-state` and `data-kept` tell as well, so that one look is enough.
     */
    args: z.strictObject({
      withoutVersions: z.exactOptional(z.literal(true)),
      withClients: z.exactOptional(z.literal(true)),
      withKept: z.exactOptional(z.literal(true)),
    }),
  },
  'job-state': {
    danger: 'read',
    form: 'call',
    deadlineMs: 5_000,
    /** `from`: number of the first line of output wanted. */
    args: z.strictObject({
      operation: z.uuid(),
      step: z.string().check(z.maxLength(63)),
      from: z._default(z.int().check(z.minimum(0)), 0),
    }),
  },
  'job-cancel': {
    danger: 'careful',
    form: 'call',
    deadlineMs: 15_000,
    args: z.strictObject({ operation: z.uuid(), step: z.string().check(z.maxLength(63)) }),
  },
  'log-tail': {
    danger: 'read',
    form: 'call',
    deadlineMs: 10_000,
    /**
     * The last lines. With `window`, which agents of before do not know, and for Postgres and Patroni alone: what of a stretch of time,
     * by their own clocks, tells of a failure or of a role that changes.
     */
    args: z.strictObject({
      log: z.enum(['postgres', 'patroni', 'pgbackrest', 'recovery']),
      lines: z.int().check(z.minimum(1), z.maximum(2_000)),
      window: z.exactOptional(z.strictObject({ from: instant, to: instant })),
    }),
  },
  'pgbackrest-info': {
    danger: 'read',
    form: 'call',
    deadlineMs: 60_000,
    /** Before 2.48 only the text tells how far a backup is; JSON where nothing is said. */
    args: z.strictObject({ stanza, output: z.exactOptional(z.enum(['json', 'text'])) }),
  },
  'pgbackrest-repo-ls': {
    danger: 'read',
    form: 'call',
    deadlineMs: 60_000,
    /** Lists the archive of a stanza: whole, or one folder of 16 hexadecimal digits. */
    args: z.strictObject({
      stanza,
      repository,
      archiveId: z.nullable(archiveId),
      folder: z.nullable(z.string().check(z.regex(/^[0-9A-F]{16}$/))),
    }),
  },
  'pgbackrest-history': {
    danger: 'read',
    form: 'call',
    deadlineMs: 30_000,
    /** One timeline's history file in the archive, named by 8 hexadecimal digits. */
    args: z.strictObject({ stanza, repository, archiveId, timeline: z.string().check(z.regex(/^[0-9A-F]{8}$/)) }),
  },
  'pgbackrest-check': { danger: 'careful', form: 'job', deadlineMs: 180_000, args: z.strictObject({ stanza }) },
  'pgbackrest-stanza-create': { danger: 'careful', form: 'job', deadlineMs: 180_000, args: z.strictObject({ stanza }) },
  'pgbackrest-backup': {
    danger: 'careful',
    form: 'job',
    deadlineMs: 86_400_000,
    args: z.strictObject({
      stanza,
      repository,
      type: z.enum(['full', 'diff', 'incr']),
      startFast: z.boolean(),
      fromStandby: z.boolean(),
      annotation: z.nullable(z.string().check(z.regex(/^[A-Za-z0-9 _.:@-]{1,120}$/))),
    }),
  },
  'pgbackrest-expire': {
    danger: 'destructive',
    form: 'job',
    deadlineMs: 3_600_000,
    args: z.strictObject({ stanza, repository, set: z.nullable(label), isDryRun: z.boolean() }),
  },
  'pgbackrest-verify': {
    danger: 'careful',
    form: 'job',
    deadlineMs: 86_400_000,
    args: z.strictObject({ stanza, repository }),
  },
  'pgbackrest-restore': {
    danger: 'destructive',
    form: 'job',
    deadlineMs: 172_800_000,
    args: z.strictObject({
      stanza,
      repository,
      set: label,
      target: recoveryTarget,
      timeline,
      action: z.enum(['pause', 'promote']),
    }),
  },
  /** What of the node's pgBouncer is closed to clients. */
  'clients-state': { danger: 'read', form: 'call', deadlineMs: 10_000, args: nothing },
  /** Closes the node's pgBouncer to clients: new ones are refused, those that are in are cut off. */
  'clients-fence': { danger: 'stopping', form: 'job', deadlineMs: 60_000, args: nothing },
  /** `databases`: closed ones that pgBouncer does not list any more, as it does with those of a `*` entry that are not in use. */
  'clients-release': {
    danger: 'stopping',
    form: 'job',
    deadlineMs: 60_000,
    args: z.strictObject({ databases: z.exactOptional(z.array(databaseName).check(z.maxLength(1_000))) }),
  },
  /**
   * Holds clients of the node's pgBouncer back, of one database or all: `drainMs` for what is under way to end, `limitMs` from the beginning until it
   * resumes by itself.
   */
  'pooler-pause': {
    danger: 'stopping',
    form: 'job',
    deadlineMs: 180_000,
    args: z.strictObject({
      database: z.nullable(databaseName),
      drainMs: z.int().check(z.minimum(500), z.maximum(15_000)),
      limitMs: z.int().check(z.minimum(5_000), z.maximum(110_000)),
    }),
  },
  /** One of pgBouncer's own commands, for one database or all; a `resume` also ends a `pooler-pause`. */
  'pooler-command': {
    danger: 'stopping',
    form: 'job',
    deadlineMs: 120_000,
    args: z.strictObject({
      act: z.enum(['resume', 'reconnect', 'reload', 'disable', 'enable', 'kill']),
      database: z.nullable(databaseName),
    }),
  },
  /** Commits a transaction that changes nothing and begins a new WAL segment: the end of what is to be archived before a recovery. */
  'postgres-mark-wal': { danger: 'careful', form: 'job', deadlineMs: 60_000, args: nothing },
  'patroni-stop': { danger: 'stopping', form: 'job', deadlineMs: 300_000, args: nothing },
  'patroni-start': { danger: 'stopping', form: 'job', deadlineMs: 120_000, args: nothing },
  'patroni-mask': { danger: 'stopping', form: 'job', deadlineMs: 60_000, args: nothing },
  'patroni-unmask': { danger: 'stopping', form: 'job', deadlineMs: 60_000, args: nothing },
  'postgres-recover-start': {
    danger: 'stopping',
    form: 'job',
    deadlineMs: 172_800_000,
    /** Starts Postgres outside Patroni, on this machine alone, with archiving held back. `least`: of settings that replaying needs, where no data is set aside that tells. */
    args: z.strictObject({ port, least: z.exactOptional(leastSettings) }),
  },
  /** Ends the pause at the target: what was recovered begins to take writes, still outside Patroni. */
  'postgres-promote': { danger: 'stopping', form: 'job', deadlineMs: 3_600_000, args: nothing },
  /** Gives a recovery that is stopped another target, so that it goes on from where it is. */
  'postgres-retarget': {
    danger: 'stopping',
    form: 'job',
    deadlineMs: 60_000,
    args: z.strictObject({ target: recoveryTarget, timeline }),
  },
  /** One query of a person's, as a user without rights to change anything; `rehearsal` null = on the node's own Postgres. */
  'postgres-query': {
    danger: 'careful',
    form: 'call',
    deadlineMs: 45_000,
    args: z.strictObject({
      database: databaseName,
      query: z.string().check(z.minLength(1), z.maxLength(4_000)),
      rehearsal: z.nullable(asideName),
    }),
  },
  /** The greatest tables of all databases, with their rows counted where that is soon done. */
  'postgres-tables': {
    danger: 'read',
    form: 'call',
    deadlineMs: 45_000,
    args: z.strictObject({ rehearsal: z.nullable(asideName) }),
  },
  /** What the transactions in some archived segments dropped, truncated or deleted. */
  'wal-commits': {
    danger: 'careful',
    form: 'job',
    deadlineMs: 600_000,
    args: z.strictObject({
      stanza,
      repository,
      segments: z.array(segmentName).check(z.minLength(1), z.maxLength(64)),
    }),
  },
  /** How many transactions committed after the place where a recovery stops, by the same segments and by what follows them; at most so many are read. */
  'wal-count': {
    danger: 'careful',
    form: 'job',
    deadlineMs: 240_000,
    args: z.strictObject({
      stanza,
      repository,
      /** Oldest first, of one line of timelines. */
      segments: z.array(segmentName).check(z.minLength(1), z.maxLength(64)),
      /** What follows the last of them, maybe on another timeline: read where it is there, and what follows it on its own. */
      following: segmentName,
      most: z.int().check(z.minimum(1), z.maximum(64)),
      target: stoppingTarget,
      /** Where the line is left that these segments are of, so that all counts from there; null = it is not left. */
      leftLsn: z.nullable(position),
    }),
  },
  /** Which data folders are kept beside the live one, the room that is left, and where the live one lies. */
  'data-kept': { danger: 'read', form: 'call', deadlineMs: 10_000, args: nothing },
  /** Restores a backup into a folder of its own, beside the running cluster. */
  'rehearsal-restore': {
    danger: 'careful',
    form: 'job',
    deadlineMs: 172_800_000,
    args: z.strictObject({ name: asideName, stanza, repository, set: label, target: recoveryTarget, timeline }),
  },
  /** Recovers it there: on a port of its own, for this machine alone, without archiving and without Patroni. */
  'rehearsal-start': {
    danger: 'careful',
    form: 'job',
    deadlineMs: 172_800_000,
    args: z.strictObject({ name: asideName, port }),
  },
  'rehearsal-status': {
    danger: 'read',
    form: 'call',
    deadlineMs: 15_000,
    args: z.strictObject({ name: asideName }),
  },
  'rehearsal-amcheck': {
    danger: 'careful',
    form: 'job',
    deadlineMs: 86_400_000,
    args: z.strictObject({ name: asideName }),
  },
  /** Takes a table or a schema out of it into a file beside it. */
  'rehearsal-dump': {
    danger: 'careful',
    form: 'job',
    deadlineMs: 86_400_000,
    args: z.strictObject({
      name: asideName,
      database: databaseName,
      schema: objectName,
      table: z.nullable(objectName),
    }),
  },
  /** A part of that file, by the place it begins at; at most 512 KiB. */
  'rehearsal-fetch': {
    danger: 'read',
    form: 'call',
    deadlineMs: 30_000,
    args: z.strictObject({ name: asideName, offset: z.int().check(z.minimum(0)) }),
  },
  /** Stops it and deletes its folder; the file that was taken out of it stays where `keepsFile`. */
  'rehearsal-discard': {
    danger: 'careful',
    form: 'job',
    deadlineMs: 3_600_000,
    args: z.strictObject({ name: asideName, keepsFile: z.boolean() }),
  },
  'postgres-recovery-status': {
    danger: 'read',
    form: 'call',
    deadlineMs: 15_000,
    /** `withControl`: what pg_controldata tells as well, read after it was seen whether Postgres runs. */
    args: z.strictObject({ withControl: z.exactOptional(z.literal(true)) }),
  },
  'postgres-stop': {
    danger: 'stopping',
    form: 'job',
    deadlineMs: 600_000,
    args: z.strictObject({ mode: z.enum(['fast', 'immediate']) }),
  },
  'postgres-controldata': { danger: 'read', form: 'call', deadlineMs: 15_000, args: nothing },
  'data-move-aside': {
    danger: 'destructive',
    form: 'job',
    deadlineMs: 600_000,
    args: z.strictObject({ name: asideName }),
  },
  'data-put-back': {
    danger: 'destructive',
    form: 'job',
    deadlineMs: 600_000,
    args: z.strictObject({ name: asideName }),
  },
  'data-discard': {
    danger: 'destructive',
    form: 'job',
    deadlineMs: 3_600_000,
    args: z.strictObject({ name: asideName }),
  },
} as const satisfies Record<string, Verb>

export type VerbName = keyof typeof verbs

/** Arguments of a verb as they arrive in its hands: checked, defaults filled in. */
export type ArgsOf<N extends VerbName> = z.output<(typeof verbs)[N]['args']>

export function isVerb(name: string): name is VerbName {
  return Object.hasOwn(verbs, name)
}
