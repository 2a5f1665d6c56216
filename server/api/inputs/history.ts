import { z } from 'zod'
import { readSeriesText } from '#domain/samples/series-text.ts'
import { mostSeries } from '#server/store/samples/read-series.ts'
import { existingName, moment } from './fields.ts'

const seriesName = z.union([
  z.string().min(1).max(300, 'Is too long.').transform(readSeriesText),
  z.strictObject({
    kind: z.enum(['member', 'cluster']),
    member: existingName.nullable(),
    metric: z.string().min(1).max(100),
  }),
])

/** Series of one cluster over one stretch of time; each by its parts, or as one word such as `replayLagSeconds@pg-node-1`. */
export const seriesQuestion = z.strictObject({
  cluster: existingName,
  from: moment,
  to: moment,
  points: z.int().min(1).max(100_000).default(500),
  series: z.array(seriesName).min(1).max(mostSeries),
})

/** How long each resolution is kept, days; their bounds and order are judged together. */
export const retention = z.strictObject({
  raw: z.number(),
  minute: z.number(),
  tenMinutes: z.number(),
  hour: z.number(),
  day: z.number(),
})
