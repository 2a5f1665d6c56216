import type { SeriesAnswer } from '#domain/samples/series.ts'
import { readHistory } from '../history/read.ts'
import { seriesQuestion } from '../inputs/history.ts'
import { query, router } from '../trpc.ts'

export const historyRouter = router({
  series: query({ permission: 'clusters.read' })
    .input(seriesQuestion)
    .query(({ ctx, input }): Promise<SeriesAnswer> => readHistory(ctx.services.store, input)),
})
