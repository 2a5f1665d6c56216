import { z } from 'zod'
import type { KeptSamples } from '../../history/retention.ts'

const moment = z.date()

export const keptSamples: z.ZodType<KeptSamples> = z.object({
  levels: z.array(
    z.object({
      resolution: z.enum(['raw', 'minute', 'tenMinutes', 'hour', 'day']),
      seconds: z.int(),
      days: z.int(),
      partition: z.enum(['day', 'week', 'month', 'year']),
      since: moment.nullable(),
      bytes: z.number(),
      bytesPerDay: z.number().nullable(),
      parts: z.array(z.object({ from: moment, to: moment, bytes: z.number() })),
    }),
  ),
})
