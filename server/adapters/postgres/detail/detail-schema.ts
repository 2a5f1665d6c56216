import { z } from 'zod'
import { line, moment, statement } from './words.ts'

const amount = z.number()
const amountOrNull = amount.nullable()
const lineOrNull = line.nullable()
const momentOrNull = moment.nullable()
const flag = z.boolean()

const who = {
  pid: amount,
  backendStart: momentOrNull,
  user: lineOrNull,
  database: lineOrNull,
  application: line.nullable().transform((name) => name ?? ''),
  address: lineOrNull,
  state: lineOrNull,
  waitEvent: lineOrNull,
  transactionSeconds: amountOrNull,
  query: statement.nullable().transform((text) => text ?? ''),
}

/** The document of `detailSql`: positions in bytes since the beginning of WAL. */
export const detailSchema = z.object({
  inRecovery: flag,
  startedAt: momentOrNull,
  configuredAt: momentOrNull,
  written: amountOrNull,
  received: amountOrNull,
  replayed: amountOrNull,
  replayPaused: flag.nullable(),
  senders: z.array(
    z.object({
      pid: amount,
      application: line,
      address: lineOrNull,
      state: line.nullable().transform((state) => state ?? 'unknown'),
      syncState: line.nullable().transform((state) => state ?? 'unknown'),
      slot: lineOrNull,
      sent: amountOrNull,
      write: amountOrNull,
      flush: amountOrNull,
      replay: amountOrNull,
      writeLagSeconds: amountOrNull,
      flushLagSeconds: amountOrNull,
      replayLagSeconds: amountOrNull,
      replyAgeSeconds: amountOrNull,
    }),
  ),
  receiver: z
    .object({
      status: lineOrNull,
      senderHost: lineOrNull,
      senderPort: amountOrNull,
      slot: lineOrNull,
      timeline: amountOrNull,
      lastMessageAgeSeconds: amountOrNull,
    })
    .nullable(),
  slots: z.array(
    z.object({
      name: line,
      type: z.enum(['physical', 'logical']),
      database: lineOrNull,
      active: flag,
      temporary: flag,
      walStatus: lineOrNull,
      safeBytes: amountOrNull,
      restart: amountOrNull,
      xminAge: amountOrNull,
      conflicting: flag.nullable(),
      invalidationReason: lineOrNull,
    }),
  ),
  archiver: z
    .object({
      mode: line,
      command: line,
      library: lineOrNull,
      archivedCount: amount,
      failedCount: amount,
      lastArchivedWal: lineOrNull,
      lastArchivedAt: momentOrNull,
      lastFailedWal: lineOrNull,
      lastFailedAt: momentOrNull,
    })
    .nullable(),
  ready: amountOrNull,
  connections: z.object({
    clients: amount,
    walSenders: amount,
    max: amount,
    reserved: amount,
    waitingOnLock: amount,
    waitingOnSync: amount,
  }),
  sessions: z.array(z.object({ database: line, state: line, count: amount, oldestTransactionSeconds: amountOrNull })),
  longSessions: z.array(
    z.object({ ...who, backendStart: moment, querySeconds: amountOrNull, stateSeconds: amountOrNull }),
  ),
  waits: z.array(z.object({ pid: amount, blockers: z.array(amount) })),
  involved: z.array(z.object(who)),
  databases: z.array(
    z.object({
      name: line,
      xidAge: amount,
      mxidAge: amount,
      commitsTotal: amount,
      rollbacksTotal: amount,
      deadlocksTotal: amount,
      tempBytesTotal: amount,
      blocksReadTotal: amount,
      blocksHitTotal: amount,
      rowsReturnedTotal: amount,
      rowsWrittenTotal: amount,
      checksumFailures: amountOrNull,
      checksumFailedAt: momentOrNull,
      statsReset: momentOrNull,
    }),
  ),
  horizon: z.object({
    sessions: amountOrNull,
    slots: amountOrNull,
    prepared: amountOrNull,
    standbys: amountOrNull,
  }),
  checkpoints: z
    .object({
      timed: amount,
      requested: amount,
      writeMilliseconds: amount,
      syncMilliseconds: amount,
      buffersWritten: amount,
      lastAt: momentOrNull,
    })
    .nullable(),
  walBytesTotal: amountOrNull,
})

/** What one deep look told, before it is put into the words of the domain. */
export type DetailDocument = z.infer<typeof detailSchema>
