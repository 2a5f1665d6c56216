import { z } from 'zod'

/** What a program said, as it said it: of more than 1 MiB the rest is cut off, and `isCut` says so. */
export const programOutput = z.object({
  exitCode: z.int().nullable(),
  stdout: z.string(),
  stderr: z.string(),
  isCut: z.boolean(),
})

export type ProgramOutput = z.output<typeof programOutput>

/** `postgres-controldata`: the lines of pg_controldata by their names. */
export const controlData = z.record(z.string(), z.string())

/** How a recovery outside Patroni stands. */
export const recoveryStatus = z.object({
  /** `stopped`: Postgres does not run, and its log tells of no failure. */
  state: z.enum(['recovering', 'paused', 'promoted', 'failed', 'stopped']),
  pid: z.int().nullable(),
  /** Where it stopped of its target, as the log tells; `how` is e.g. `before commit`. */
  stoppedAt: z.object({ how: z.string(), xid: z.string().nullable(), time: z.string().nullable() }).nullable(),
  lastCompletedAt: z.string().nullable(),
  newTimeline: z.int().nullable(),
  /** The log's own words. */
  failure: z.string().nullable(),
  /** Last WAL position replayed and time of the last transaction, asked of Postgres; null while it does not answer. */
  replayedLsn: z.string().nullable(),
  replayedAt: z.string().nullable(),
  /** Whether Postgres answers queries. */
  isAnswering: z.boolean(),
  /** Where it was asked for: as `postgres-controldata` has it, null where it cannot be read. */
  control: controlData.nullable().exactOptional(),
})
export type RecoveryStatus = z.output<typeof recoveryStatus>

/** `log-tail`: the last lines of a log, without secrets. */
export const logTail = z.object({ file: z.string(), lines: z.array(z.string()), isCut: z.boolean() })

/** `log-tail` with a window: what of a stretch of time tells of a failure, in the order of time, without secrets. */
export const logWindow = z.object({
  file: z.string(),
  entries: z.array(z.object({ at: z.iso.datetime(), level: z.string(), text: z.string(), times: z.int().positive() })),
  /** Entries between the first and the last of these that are not told. */
  leftOut: z.int().nonnegative(),
  /** True where the middle of the window was not even read. */
  isCut: z.boolean(),
  /** False where no line has a time that is understood. */
  isUnderstood: z.boolean(),
  /** The last line before the window's end, whatever it says. */
  lastAt: z.iso.datetime().nullable(),
})

const room = z.object({ path: z.string(), totalBytes: z.number(), freeBytes: z.number() })
const configFile = z.object({ path: z.string(), text: z.string() })

/** `clients-state`: the node's pgBouncer; null where agent.toml names none. */
export const clientsState = z.object({
  pooler: z
    .object({ databases: z.array(z.object({ name: z.string(), isDisabled: z.boolean(), isPaused: z.boolean() })) })
    .nullable(),
})
export type ClientsState = z.output<typeof clientsState>

const dataPlace = z.object({
  folder: z.string(),
  linkedTo: z.string().nullable(),
  isMount: z.boolean(),
  walPath: z.string().nullable(),
  tablespaces: z.array(z.object({ oid: z.string(), path: z.string() })),
  isParentWritable: z.boolean(),
  /** Why a recovery in place cannot be done on this node as it is configured, a sentence each; older agents know nothing of it. */
  obstacles: z.array(z.string()).exactOptional(),
})

/** `data-kept`: folders set aside on this node, by the names they were given. */
export const keptData = z.object({
  aside: z.array(z.object({ name: z.string(), since: z.iso.datetime() })),
  rehearsals: z.array(z.object({ name: z.string(), hasFile: z.boolean(), isRunning: z.boolean() })),
  freeBytes: z.number().nullable(),
  /** Null where it cannot be told; older agents know nothing of it. */
  place: dataPlace.nullable().exactOptional(),
})

/** `facts`: what an agent sees of its machine. A part that cannot be read is null, and `problems` says why. */
export const facts = z.object({
  agent: z.string(),
  node: z.string(),
  os: z.object({
    name: z.string(),
    kernel: z.string(),
    architecture: z.string(),
    host: z.string(),
    processors: z.int(),
    memoryBytes: z.number(),
  }),
  dataFolder: room.nullable(),
  repositories: z.array(room),
  postgres: z.object({ dataVersion: z.string().nullable(), programVersion: z.string().nullable() }),
  /** `stanza`: the one that agent.toml names, the only one the agent works with. */
  pgbackrest: z.object({ stanza: z.string(), version: z.string().nullable(), config: z.array(configFile) }),
  patroni: z.object({
    version: z.string().nullable(),
    config: configFile.nullable(),
    /** What the configured status program says of the service. */
    service: z.object({ exitCode: z.int().nullable(), text: z.string() }).nullable(),
  }),
  problems: z.array(z.string()),
  /** Where these were asked for: as `clients-state` and `data-kept` have it; null where the node cannot tell, or forbids it. */
  clients: clientsState.nullable().exactOptional(),
  kept: keptData.nullable().exactOptional(),
})
export type Facts = z.output<typeof facts>

/** Result of the job `pgbackrest-backup`. */
export const backupResult = z.object({ label: z.string().nullable() })

/** Result of the job `pgbackrest-expire`: what it removed, or would. */
export const expireResult = z.object({ backups: z.array(z.string()), archives: z.array(z.string()) })

const faults = { missing: z.int(), checksumInvalid: z.int(), sizeInvalid: z.int(), other: z.int() }

/** Result of the job `pgbackrest-verify`. */
export const verifyResult = z.object({
  isSound: z.boolean(),
  archives: z.array(z.object({ archiveId: z.string(), checked: z.int(), valid: z.int(), ...faults })),
  backups: z.array(z.object({ label: z.string(), status: z.string(), checked: z.int(), valid: z.int(), ...faults })),
})
export type VerifyResult = z.output<typeof verifyResult>

/** Result of the job `postgres-mark-wal`: the segment that must be archived before a recovery, and when the mark was committed. */
export const markedWal = z.object({ wal: z.string(), lsn: z.string(), at: z.iso.datetime() })

/** `postgres-query`. */
export const queryAnswer = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string().nullable())),
  isCut: z.boolean(),
  problem: z.string().nullable(),
  ms: z.number(),
})
export type QueryAnswer = z.output<typeof queryAnswer>

/** `postgres-tables`, greatest first. */
export const tablesSeen = z.object({
  tables: z.array(
    z.object({
      database: z.string(),
      schema: z.string(),
      name: z.string(),
      bytes: z.number(),
      rows: z.number().nullable(),
      isCounted: z.boolean(),
    }),
  ),
  problems: z.array(z.string()),
})

/** Result of the job `wal-commits`, newest last: transactions that took something away. */
export const walCommits = z.object({
  commits: z.array(
    z.object({
      xid: z.string(),
      /** When it committed, UTC, with microseconds. */
      at: z.string(),
      lsn: z.string(),
      timeline: z.int(),
      kind: z.enum(['drop', 'truncate', 'delete']),
      /** Names where they can be resolved, else the number that Postgres knows the table by. */
      relations: z.array(z.string()),
      deletedRows: z.int(),
    }),
  ),
  /** Segments that could not be fetched or read, with the reason. */
  problems: z.array(z.string()),
  /** Commit times of the first and last transaction that was read, whatever it did; null = none. */
  firstAt: z.string().nullable(),
  lastAt: z.string().nullable(),
})
export type WalCommits = z.output<typeof walCommits>

/** Result of the job `wal-count`. */
export const walCount = z.object({
  /** Null = the place where they begin was not met in what was read. */
  commits: z.int().nullable(),
  /** Commit time of the last of them, UTC, with microseconds. */
  lastAt: z.string().nullable(),
  /** How many segments were read. */
  segments: z.int(),
  /** True where there was more than is read at once. */
  isCut: z.boolean(),
  /** True where the first segment has no transaction that is kept: some that are left out may lie in the one before. */
  isDoubtful: z.boolean(),
  /** Position up to which WAL was read; null = none was. */
  readTo: z.string().nullable(),
  problems: z.array(z.string()),
})
export type WalCount = z.output<typeof walCount>

/** Result of the job `rehearsal-amcheck`. */
export const amcheckResult = z.object({
  relations: z.int(),
  /** One sentence each, at most 100. */
  faults: z.array(z.string()),
  problem: z.string().nullable(),
})

/** `rehearsal-fetch`. */
export const filePart = z.object({ offset: z.int(), base64: z.string(), totalBytes: z.number(), sha256: z.string() })
