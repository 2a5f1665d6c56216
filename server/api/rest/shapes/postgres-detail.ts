import { z } from 'zod'
import type { PostgresDetail } from '#domain/stack/postgres-detail.ts'

const text = z.string()
const textOrNull = text.nullable()
const amount = z.number()
const amountOrNull = amount.nullable()
const flag = z.boolean()
const moment = z.date()
const momentOrNull = moment.nullable()

const who = {
  pid: amount,
  user: textOrNull,
  database: textOrNull,
  application: text,
  state: textOrNull,
  waitEvent: textOrNull,
  transactionSeconds: amountOrNull,
  query: text,
}

export const postgresDetail: z.ZodType<PostgresDetail> = z.object({
  version: amount,
  inRecovery: flag,
  startedAt: momentOrNull,
  lsn: amountOrNull,
  senders: z.array(
    z.object({
      pid: amount,
      application: text,
      address: textOrNull,
      state: text,
      syncState: text,
      slot: textOrNull,
      sentLagBytes: amountOrNull,
      writeLagBytes: amountOrNull,
      flushLagBytes: amountOrNull,
      replayLagBytes: amountOrNull,
      writeLagSeconds: amountOrNull,
      flushLagSeconds: amountOrNull,
      replayLagSeconds: amountOrNull,
      replyAgeSeconds: amountOrNull,
    }),
  ),
  receiver: z
    .object({
      status: textOrNull,
      senderHost: textOrNull,
      senderPort: amountOrNull,
      slot: textOrNull,
      receivedLsn: amountOrNull,
      replayedLsn: amountOrNull,
      timeline: amountOrNull,
      lastMessageAgeSeconds: amountOrNull,
      replayPaused: flag.nullable(),
    })
    .nullable(),
  slots: z.array(
    z.object({
      name: text,
      type: z.enum(['physical', 'logical']),
      database: textOrNull,
      active: flag,
      temporary: flag,
      walStatus: textOrNull,
      retainedBytes: amountOrNull,
      safeBytes: amountOrNull,
      xminAge: amountOrNull,
      conflicting: flag.nullable(),
      invalidationReason: textOrNull,
    }),
  ),
  archiver: z
    .object({
      mode: text,
      command: textOrNull,
      archivedCount: amount,
      failedCount: amount,
      lastArchivedWal: textOrNull,
      lastArchivedAt: momentOrNull,
      lastFailedWal: textOrNull,
      lastFailedAt: momentOrNull,
      isFailing: flag,
      readyCount: amountOrNull,
    })
    .nullable(),
  connections: z.object({
    clients: amount,
    walSenders: amount,
    max: amount,
    reserved: amount,
    waitingOnLock: amount,
    waitingOnSync: amount,
  }),
  sessions: z.array(z.object({ database: text, state: text, count: amount, oldestTransactionSeconds: amountOrNull })),
  longSessions: z.array(
    z.object({
      ...who,
      backendStart: moment,
      address: textOrNull,
      querySeconds: amountOrNull,
      stateSeconds: amountOrNull,
    }),
  ),
  blocked: z.array(z.object({ ...who, depth: amount, blockedBy: amountOrNull, backendStart: momentOrNull })),
  databases: z.array(
    z.object({
      name: text,
      sizeBytes: amountOrNull,
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
  horizon: z.object({ sessions: amountOrNull, slots: amountOrNull, prepared: amountOrNull, standbys: amountOrNull }),
  checkpoints: z
    .object({
      timed: amount,
      requested: amount,
      writeSeconds: amount,
      syncSeconds: amount,
      buffersWritten: amount,
      lastAt: momentOrNull,
    })
    .nullable(),
  wal: z.object({ bytesTotal: amountOrNull, folderBytes: amountOrNull, folderFiles: amountOrNull }),
  settings: z.record(text, z.object({ value: text, unit: textOrNull, source: text, pendingRestart: flag })),
  sizesAt: momentOrNull,
})
