import { z } from 'zod'
import type { CheckAnswer, TableSeen } from '#domain/recovery/recovered-data.ts'
import type { RecoveryAttempt } from '#domain/recovery/restore-result.ts'

const text = z.string()
const textOrNull = text.nullable()

export const checkAnswer: z.ZodType<CheckAnswer> = z.object({
  query: text,
  columns: z.array(text),
  rows: z.array(z.array(textOrNull)),
  isCut: z.boolean(),
  problem: textOrNull,
  ms: z.number(),
})

export const tableSeen: z.ZodType<TableSeen> = z.object({
  database: text,
  schema: text,
  name: text,
  bytes: z.number(),
  rows: z.number().nullable(),
  isCounted: z.boolean(),
})

export const attempt: z.ZodType<RecoveryAttempt> = z.object({
  targetWords: text,
  stoppedHow: textOrNull,
  xid: textOrNull,
  time: textOrNull,
  lastCompletedAt: textOrNull,
  replayedLsn: textOrNull,
  check: checkAnswer.nullable(),
  tables: z.array(tableSeen),
  isOnTarget: z.boolean(),
})
