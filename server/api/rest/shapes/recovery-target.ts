import { z } from 'zod'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'

const text = z.string()
const moment = z.date()
const timeline = z.int().nullable()
const set = text.nullable()

export const recoveryTarget: z.ZodType<RecoveryTarget> = z.union([
  z.object({ type: z.literal('time'), at: moment, timeline }),
  z.object({ type: z.literal('lsn'), lsn: z.number(), timeline, isExclusive: z.boolean().exactOptional() }),
  z.object({
    type: z.literal('xid'),
    value: text,
    set,
    timeline,
    isExclusive: z.boolean().exactOptional(),
    at: moment.exactOptional(),
  }),
  z.object({ type: z.literal('name'), value: text, set, timeline, at: moment.exactOptional() }),
  z.object({ type: z.literal('immediate'), set }),
  z.object({ type: z.literal('default'), timeline }),
])
