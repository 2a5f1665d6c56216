import { metrics } from '#domain/samples/metrics.ts'
import type { SeriesAnswer, SeriesName, SeriesQuestion } from '#domain/samples/series.ts'
import { AppError } from '#server/errors.ts'
import type { Store } from '../open.ts'
import { type Batch, type BatchRow, batchSql } from './batch-sql.ts'
import { Buckets } from './buckets.ts'
import { readRetention } from './retention.ts'
import { readRollUps } from './roll-up.ts'
import { sourceOf } from './source.ts'

/** More points of a series than these are not told; who asks for more gets these. */
const mostPoints = 1_000
export const mostSeries = 200
const longestMs = 20 * 366 * 86_400_000

/**
 * Series of one cluster over one stretch of time, all in one query: from the finest table that has it in few enough rows, the newest
 * part from finer ones. Throws AppError `invalid` for a question that cannot be answered.
 */
export async function readSeries(store: Store, clusterId: string, question: SeriesQuestion): Promise<SeriesAnswer> {
  refuseFaults(question)
  const [ids, retention, done] = await Promise.all([
    seriesIds(store, clusterId),
    readRetention(store.pool),
    readRollUps(store.pool),
  ])
  const points = Math.min(question.points, mostPoints)
  const source = sourceOf({ ...question, points }, { retention, done, now: new Date() })
  const wanted = question.series.map((name) => ({ id: ids.get(subjectOf(name)), place: placeOf(name) }))
  const batches = batchesOf(wanted)
  const buckets = new Buckets(source.buckets)
  if (batches.length > 0 && source.parts.length > 0) {
    const { rows } = await store.pool.query<BatchRow>(batchSql(source, batches))
    for (const row of rows) buckets.add(row, batches[row.batch]?.places ?? [])
  }
  const { from, stepSeconds, resolution } = source
  const series = question.series.map((name, index) => {
    const { id = null, place = null } = wanted[index] ?? {}
    return { name, ...buckets.of(id, place) }
  })
  return { from, stepSeconds, resolution, series }
}

function refuseFaults({ from, to, points, series }: SeriesQuestion): void {
  const spanMs = to.getTime() - from.getTime()
  if (!(spanMs > 0)) throw new AppError('invalid', 'The time to show must end after it begins.')
  if (spanMs > longestMs) throw new AppError('invalid', 'At most twenty years can be shown at once.')
  if (!Number.isInteger(points) || points < 1) throw new AppError('invalid', 'A series has at least one point.')
  if (series.length === 0 || series.length > mostSeries) {
    throw new AppError('invalid', `From 1 to ${mostSeries} series can be asked for at once, not ${series.length}.`)
  }
  const unknown = series.find((name) => placeOf(name) === null)
  if (unknown) throw new AppError('invalid', `Nothing named ${unknown.metric} is sampled of a ${unknown.kind}.`)
}

/** Counted from 1; null where there is no such metric. */
function placeOf({ kind, metric }: SeriesName): number | null {
  const index = metrics[kind].findIndex(({ name }) => name === metric)
  return index < 0 ? null : index + 1
}

async function seriesIds(store: Store, clusterId: string): Promise<Map<string, number>> {
  const { rows } = await store.pool.query<{ id: number; kind: SeriesName['kind']; name: string }>(
    'select id, kind, name from sample_series where cluster_id = $1',
    [clusterId],
  )
  return new Map(rows.map(({ id, kind, name }) => [subjectOf({ kind, member: name }), id]))
}

function subjectOf({ kind, member }: Pick<SeriesName, 'kind' | 'member'>): string {
  return kind === 'cluster' ? kind : `${kind} ${member ?? ''}`
}

/** Series of which the same is wanted are read together: a row of theirs is looked at once for all of it. */
function batchesOf(wanted: readonly { id: number | undefined; place: number | null }[]): Batch[] {
  const places = new Map<number, Set<number>>()
  for (const { id, place } of wanted) {
    if (id === undefined || place === null) continue
    places.set(id, (places.get(id) ?? new Set()).add(place))
  }
  const batches = new Map<string, Batch>()
  for (const [id, set] of places) {
    const sorted = [...set].toSorted((a, b) => a - b)
    const key = sorted.join()
    const batch = batches.get(key) ?? { ids: [], places: sorted }
    batch.ids.push(id)
    batches.set(key, batch)
  }
  return [...batches.values()]
}
