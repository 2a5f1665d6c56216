import type { SeriesAnswer } from '#domain/samples/series.ts'
import { readHistory } from '../history/read.ts'
import { keepFor, showKept, type KeptSamples } from '../history/retention.ts'
import { retention, seriesQuestion } from '../inputs/history.ts'
import { command, query, router } from '../trpc.ts'
import { clusterIn } from '../concern.ts'

export const historyRouter = router({
  series: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(seriesQuestion)
    .query(({ ctx, input }): Promise<SeriesAnswer> => readHistory(ctx.services.store, input)),

  kept: query({ permission: 'clusters.read', concern: 'anywhere' }).query(({ ctx }): Promise<KeptSamples> =>
    showKept(ctx.services.store),
  ),

  /** What is older than is kept is deleted, and does not come back. */
  keepFor: command({ permission: 'history.manage', concern: 'everywhere', audit: 'history.keepFor' })
    .input(retention)
    .mutation(({ ctx, input }): Promise<KeptSamples> => keepFor(ctx, input)),
})
