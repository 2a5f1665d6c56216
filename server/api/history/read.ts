import type { SeriesAnswer, SeriesQuestion } from '#domain/samples/series.ts'
import type { Store } from '#server/store/open.ts'
import { readSeries } from '#server/store/samples/read-series.ts'
import { withPlainField } from '../transformer.ts'
import { needCluster } from '../clusters/need.ts'

/** What was sampled of a cluster. */
export async function readHistory(
  store: Store,
  { cluster, ...question }: SeriesQuestion & { cluster: string },
): Promise<SeriesAnswer> {
  const { id } = await needCluster(store, cluster)
  return withPlainField(await readSeries(store, id, question), 'series')
}
