import { z } from 'zod'

/**
 * How dangerous a verb is. `read` changes nothing. `careful` may cost time or space. `stopping` takes the node out of service
 * or brings it back. `destructive` can lose data.
 */
export type Danger = 'read' | 'careful' | 'stopping' | 'destructive'

/** One thing that an agent can be asked to do. There is none that takes a command. */
export interface Verb<Args extends z.ZodType = z.ZodType> {
  danger: Danger
  /** `call` answers at once; `job` is journaled, outlives the agent and is asked after by `job-state`. */
  form: 'call' | 'job'
  /** Longest that it may take, ms; a call is answered within it, a job is ended after it. */
  deadlineMs: number
  args: Args
}

const nothing = z.strictObject({})
const stanza = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/)
const label = z.string().regex(/^\d{8}-\d{6}F(_\d{8}-\d{6}[DI])?$/)
const repository = z.int().min(1).max(256)
/** One operation's own folder for data set aside: its id. */
const asideName = z.uuid()
const timeline = z.int().min(1).max(0xffff_ffff)
/** Of a cluster's archive, e.g. `15-1`. */
const archiveId = z.string().regex(/^\d{1,2}(\.\d)?-\d{1,4}$/)
const port = z.int().min(1024).max(65_535)

/** Where a recovery stops. `exclusive` stops before the transaction instead of after it. */
export const recoveryTarget = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('default') }),
  z.strictObject({ type: z.literal('immediate') }),
  z.strictObject({
    type: z.literal('time'),
    /** `YYYY-MM-DD HH:MM:SS.ffffff+00`: other forms are read in some machine's own zone. */
    value: z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00$/),
    exclusive: z.boolean().default(false),
  }),
  z.strictObject({
    type: z.literal('lsn'),
    value: z.string().regex(/^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/),
    exclusive: z.boolean().default(false),
  }),
  z.strictObject({
    type: z.literal('xid'),
    value: z.string().regex(/^[1-9]\d{0,9}$/),
    exclusive: z.boolean().default(false),
  }),
  z.strictObject({ type: z.literal('name'), value: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_ .:-]{0,62}$/) }),
])

/** Everything an agent can be asked for, with the form of its arguments. A new verb needs a danger of its own. */
export const verbs = {
  facts: { danger: 'read', form: 'call', deadlineMs: 15_000, args: nothing },
  'job-state': {
    danger: 'read',
    form: 'call',
    deadlineMs: 5_000,
    /** `from`: number of the first line of output wanted. */
    args: z.strictObject({ operation: z.uuid(), step: z.string().max(63), from: z.int().min(0).default(0) }),
  },
  'job-cancel': {
    danger: 'careful',
    form: 'call',
    deadlineMs: 15_000,
    args: z.strictObject({ operation: z.uuid(), step: z.string().max(63) }),
  },
  'log-tail': {
    danger: 'read',
    form: 'call',
    deadlineMs: 10_000,
    args: z.strictObject({
      log: z.enum(['postgres', 'patroni', 'pgbackrest', 'recovery']),
      lines: z.int().min(1).max(2_000),
    }),
  },
  'pgbackrest-info': {
    danger: 'read',
    form: 'call',
    deadlineMs: 60_000,
    /** Before 2.48 only the text tells how far a backup is; JSON where nothing is said. */
    args: z.strictObject({ stanza, output: z.enum(['json', 'text']).exactOptional() }),
  },
  'pgbackrest-repo-ls': {
    danger: 'read',
    form: 'call',
    deadlineMs: 60_000,
    /** Lists the archive of a stanza: whole, or one folder of 16 hexadecimal digits. */
    args: z.strictObject({
      stanza,
      repository,
      archiveId: archiveId.nullable(),
      folder: z
        .string()
        .regex(/^[0-9A-F]{16}$/)
        .nullable(),
    }),
  },
  'pgbackrest-history': {
    danger: 'read',
    form: 'call',
    deadlineMs: 30_000,
    /** One timeline's history file in the archive, named by 8 hexadecimal digits. */
    args: z.strictObject({ stanza, repository, archiveId, timeline: z.string().regex(/^[0-9A-F]{8}$/) }),
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
      annotation: z
        .string()
        .regex(/^[A-Za-z0-9 _.:@-]{1,120}$/)
        .nullable(),
    }),
  },
  'pgbackrest-expire': {
    danger: 'destructive',
    form: 'job',
    deadlineMs: 3_600_000,
    args: z.strictObject({ stanza, repository, set: label.nullable(), isDryRun: z.boolean() }),
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
  'patroni-stop': { danger: 'stopping', form: 'job', deadlineMs: 300_000, args: nothing },
  'patroni-start': { danger: 'stopping', form: 'job', deadlineMs: 120_000, args: nothing },
  'patroni-mask': { danger: 'stopping', form: 'job', deadlineMs: 60_000, args: nothing },
  'patroni-unmask': { danger: 'stopping', form: 'job', deadlineMs: 60_000, args: nothing },
  'postgres-recover-start': {
    danger: 'stopping',
    form: 'job',
    deadlineMs: 172_800_000,
    /** Starts Postgres outside Patroni, on this machine alone, with archiving held back. */
    args: z.strictObject({ port }),
  },
  'postgres-recovery-status': { danger: 'read', form: 'call', deadlineMs: 15_000, args: nothing },
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
