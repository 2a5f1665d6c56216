import { z } from 'zod'
import type { SeriesAnswer } from '#domain/samples/series.ts'

const values = z.array(z.number().nullable())

export const history: z.ZodType<SeriesAnswer> = z.object({
  from: z.date(),
  stepSeconds: z.number(),
  resolution: z.enum(['raw', 'minute', 'tenMinutes', 'hour', 'day']),
  series: z.array(
    z.object({
      name: z.object({ kind: z.enum(['member', 'cluster']), member: z.string().nullable(), metric: z.string() }),
      avg: values,
      min: values,
      max: values,
    }),
  ),
})
