import { expect, test } from 'vitest'
import type { SeriesAnswer, SeriesName, SeriesQuestion } from '#domain/samples/series.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { readSeries } from './read-series.ts'
import { rollUp } from './roll-up.ts'
import { saveSamples } from './save-samples.ts'
import { addSampledCluster, clusterSampleOf, executorId, memberSampleOf } from './testing.ts'

const minuteMs = 60_000
/** On the grid of whatever buckets a test asks for. */
const now = Math.floor(Date.now() / 3_600_000) * 3_600_000
const ago = (ms: number) => new Date(now - ms)
const clients: SeriesName = { kind: 'member', member: 'pg-1', metric: 'clients' }
const level: SeriesName = { kind: 'cluster', member: null, metric: 'level' }

async function sampled(store: TestStore, moments: Date[]): Promise<string> {
  const clusterId = await addSampledCluster(store)
  const samples = moments.flatMap((at) => {
    const value = at.getTime() / 10_000 - Math.floor(now / 10_000)
    return [clusterSampleOf(at, { level: 1 }), memberSampleOf(at, { clients: 100_000 + value, timeline: 3 })]
  })
  expect(await saveSamples(store, { clusterId, executorId, samples })).toBe(true)
  return clusterId
}

function question(change: Partial<SeriesQuestion>): SeriesQuestion {
  return { from: ago(10 * minuteMs), to: ago(0), points: 1_000, series: [clients, level], ...change }
}

test('the last minutes are told sample by sample, with holes where nobody looked', async () => {
  await using store = await openTestStore()
  const clusterId = await sampled(store, [ago(40_000), ago(30_000), ago(10_000)])
  const { series, ...rest } = await readSeries(store, clusterId, question({ from: ago(60_000) }))
  expect(rest).toEqual({ from: ago(60_000), stepSeconds: 10, resolution: 'raw' })
  const values = [null, null, 99_996, 99_997, null, 99_999]
  expect(series).toEqual([
    { name: clients, avg: values, min: values, max: values },
    { name: level, ...Object.fromEntries(['avg', 'min', 'max'].map((key) => [key, [null, null, 1, 1, null, 1]])) },
  ])
})

test('fewer points are means with their lowest and highest, on a grid that does not move with the question', async () => {
  await using store = await openTestStore()
  const clusterId = await sampled(
    store,
    Array.from({ length: 60 }, (_, n) => ago((n + 1) * 10_000)),
  )
  const answer = await readSeries(store, clusterId, question({ points: 10, series: [clients] }))
  expect([answer.stepSeconds, answer.series[0]?.avg.length]).toEqual([60, 10])
  expect([answer.series[0]?.avg[9], answer.series[0]?.min[9], answer.series[0]?.max[9]]).toEqual([
    99_996.5, 99_994, 99_999,
  ])
  const moved = await readSeries(
    store,
    clusterId,
    question({ from: ago(10 * minuteMs - 7_000), points: 11, series: [clients] }),
  )
  expect([moved.from, moved.series[0]?.avg.slice(0, 10)]).toEqual([answer.from, answer.series[0]?.avg])
})

test('a long stretch comes from roll-ups, its newest part from finer ones, and says the same at the seam', async () => {
  await using store = await openTestStore()
  const moments = Array.from({ length: 36 }, (_, n) => ago((n + 1) * 300_000))
  const clusterId = await sampled(store, moments)
  const asked = question({ from: ago(3 * 86_400_000), points: 72, series: [clients] })
  const before = await readSeries(store, clusterId, asked)
  // Rolled up to the middle of one of its buckets.
  await rollUp(store, ago(1_800_000 - 60_000))
  const after = await readSeries(store, clusterId, asked)
  expect([after.resolution, after.stepSeconds]).toEqual(['tenMinutes', 3_600])
  expect(after.series[0]?.min).toEqual(before.series[0]?.min)
  expect(after.series[0]?.max).toEqual(before.series[0]?.max)
  const rounded = ({ series }: SeriesAnswer) => series[0]?.avg.map((value) => value && Math.round(value))
  expect(rounded(after)).toEqual(rounded(before))
  expect(before.series[0]?.avg.slice(-3)).not.toContain(null)
})

test('series of several members and of who is not known are told side by side', async () => {
  await using store = await openTestStore()
  const clusterId = await addSampledCluster(store)
  const at = ago(10_000)
  const samples = [1, 2, 3].map((n) => memberSampleOf(at, { clients: n, timeline: n * 10 }, `pg-${n}`))
  await saveSamples(store, { clusterId, executorId, samples })
  const series: SeriesName[] = ['pg-2', 'pg-1', 'nobody', 'pg-2'].map((member, n) => ({
    kind: 'member',
    member,
    metric: n === 1 ? 'timeline' : 'clients',
  }))
  const answer = await readSeries(store, clusterId, question({ from: ago(20_000), series }))
  expect(answer.series.map(({ avg }) => avg)).toEqual([
    [null, 2],
    [null, 10],
    [null, null],
    [null, 2],
  ])
})

test('a question that cannot be answered is refused in a sentence', async () => {
  await using store = await openTestStore()
  const faults: [Partial<SeriesQuestion>, string][] = [
    [{ from: ago(0), to: ago(0) }, 'end after it begins'],
    [{ from: new Date(Number.NaN) }, 'end after it begins'],
    [{ from: new Date(0) }, 'twenty years'],
    [{ points: 0 }, 'at least one point'],
    [{ series: [] }, '200 series'],
    [{ series: Array.from({ length: 201 }, () => clients) }, 'not 201'],
    [{ series: [{ ...level, metric: 'clients' }] }, 'Nothing named clients is sampled of a cluster'],
  ]
  for (const [change, sentence] of faults) {
    await expect(readSeries(store, crypto.randomUUID(), question(change))).rejects.toThrow(sentence)
  }
})
