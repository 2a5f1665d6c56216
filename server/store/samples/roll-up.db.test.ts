import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Sample } from '#domain/samples/metrics.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { writeSetting } from '../settings.ts'
import { dropOld } from './drop-old.ts'
import { packClosed } from './pack-closed.ts'
import { listPartitions } from './partitions.ts'
import { rawTable, rollUpTables, sampleTables } from './resolutions.ts'
import { readRollUps, rollUp } from './roll-up.ts'
import { saveSamples } from './save-samples.ts'
import { addSampledCluster, executorId, memberSampleOf } from './testing.ts'

const start = Date.UTC(2026, 10, 24)
const at = (seconds: number) => new Date(start + seconds * 1000)
const hours = (count: number) => at(count * 3600)

async function save(store: TestStore, clusterId: string, samples: Sample[]): Promise<void> {
  expect(await saveSamples(store, { clusterId, executorId, samples })).toBe(true)
}

/** Roll-ups of isLeader and timeline as they are understood: low and high are the mean where they are not told. */
async function rolled(store: TestStore, table: string): Promise<unknown[][]> {
  const told = (i: number) =>
    `mean[${i}], coalesce(low[${i}], mean[${i}]), coalesce(high[${i}], mean[${i}]),
     coalesce(counts[${i}], case when mean[${i}] is null then 0 else n end)`
  const { rows } = await store.pool.query<{ row: unknown[] }>(
    `select jsonb_build_array(extract(epoch from at - $1::timestamptz)::int, n, ${told(1)}, ${told(3)}) as row
       from ${table} order by at`,
    [at(0)],
  )
  return rows.map(({ row }) => row)
}

/** The same worked out from the samples themselves. */
function computed(samples: readonly { second: number; values: (number | null)[] }[], seconds: number): unknown[][] {
  const bucketOf = (second: number) => Math.floor(second / seconds) * seconds
  const begins = [...new Set(samples.map(({ second }) => bucketOf(second)))].toSorted((a, b) => a - b)
  return begins.map((begin) => {
    const inside = samples.filter(({ second }) => bucketOf(second) === begin)
    return [begin, inside.length, ...[0, 1].flatMap((place) => summary(inside, place))]
  })
}

function summary(inside: readonly { values: (number | null)[] }[], place: number): unknown[] {
  const known = inside.flatMap(({ values }) => values[place] ?? [])
  if (known.length === 0) return [null, null, null, 0]
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  return [expect.closeTo(mean, 2), Math.min(...known), Math.max(...known), known.length]
}

const sampled = fc.uniqueArray(
  fc.record({
    second: fc.integer({ min: 0, max: 8_639 }).map((n) => n * 20),
    values: fc.tuple(
      fc.option(fc.integer({ min: 0, max: 1 }), { nil: null }),
      fc.option(fc.integer({ min: 0, max: 1_000 }), { nil: null }),
    ),
  }),
  { selector: ({ second }) => second, minLength: 1, maxLength: 60 },
)

test('whatever was sampled, every roll-up is what the samples themselves come to', async () => {
  await using store = await openTestStore()
  const clusterId = await addSampledCluster(store)
  await fc.assert(
    fc.asyncProperty(sampled, async (samples) => {
      await store.pool.query(
        `truncate ${sampleTables.map(({ table }) => table).join(', ')}, sample_roll_up, sample_late`,
      )
      await save(
        store,
        clusterId,
        samples.map(({ second, values: [isLeader, timeline] }) =>
          memberSampleOf(at(second), {
            ...(isLeader !== null && { isLeader }),
            ...(timeline !== null && { timeline: timeline }),
          }),
        ),
      )
      // The marks of late samples are what a roll-up of the past leaves anyway.
      await store.pool.query('truncate sample_late')
      await rollUp(store, hours(72))
      for (const { table, seconds } of rollUpTables) {
        expect([table, await rolled(store, table)]).toEqual([table, computed(samples, seconds)])
      }
    }),
    { numRuns: 6 },
  )
})

test('what stood still for days is caught up, and a second run changes nothing', async () => {
  await using store = await openTestStore()
  const clusterId = await addSampledCluster(store)
  await save(store, clusterId, [memberSampleOf(at(30), { timeline: 4 }), memberSampleOf(hours(40), { timeline: 6 })])
  await rollUp(store, hours(60))
  const first = await Promise.all(rollUpTables.map(({ table }) => rolled(store, table)))
  const fine = [0, 40 * 3600]
  expect(first.map((rows) => rows.map(([begin]) => begin))).toEqual([fine, fine, fine, [0, 24 * 3600]])
  await rollUp(store, hours(60))
  expect(await Promise.all(rollUpTables.map(({ table }) => rolled(store, table)))).toEqual(first)
})

test('a minute is rolled up once it has settled, an hour once all its minutes are', async () => {
  await using store = await openTestStore()
  const clusterId = await addSampledCluster(store)
  await save(store, clusterId, [memberSampleOf(at(0), { timeline: 4 })])
  await rollUp(store, at(3_600 + 59))
  const done = await readRollUps(store.pool)
  expect([done.get('minute'), done.get('tenMinutes'), done.get('hour')]).toEqual([at(3_540), at(3_000), at(0)])
  await rollUp(store, at(3_660))
  expect((await readRollUps(store.pool)).get('hour')).toEqual(at(3_600))
})

test('a sample that comes hours late is in every roll-up it belongs in', async () => {
  await using store = await openTestStore()
  const clusterId = await addSampledCluster(store)
  await save(store, clusterId, [memberSampleOf(at(0), { timeline: 2 })])
  await rollUp(store, hours(50))
  await save(store, clusterId, [memberSampleOf(at(10), { timeline: 6 }), memberSampleOf(at(1_800), { timeline: 7 })])
  await rollUp(store, hours(51))
  for (const { table, seconds } of rollUpTables) {
    const expected = [
      { second: 0, values: [null, 2] },
      { second: 10, values: [null, 6] },
      { second: 1_800, values: [null, 7] },
    ]
    expect([table, await rolled(store, table)]).toEqual([table, computed(expected, seconds)])
  }
  expect((await store.pool.query('select from sample_late')).rowCount).toBe(0)
})

test('two workers roll up side by side and come to the same', async () => {
  await using store = await openTestStore({ max: 10 })
  const clusterId = await addSampledCluster(store)
  const samples = Array.from({ length: 60 }, (_, n) => memberSampleOf(at(n * 60), { timeline: n }))
  await save(store, clusterId, samples)
  await Promise.all([rollUp(store, hours(2)), rollUp(store, hours(2))])
  await rollUp(store, hours(2))
  const [hour] = await rolled(store, 'sample_hour')
  expect(hour?.slice(0, 2)).toEqual([0, 60])
})

test('a day is packed once it is over, once, by one of two workers, and reads the same', async () => {
  await using store = await openTestStore()
  const clusterId = await addSampledCluster(store)
  const samples = [0, 24, 48].map((hour) => memberSampleOf(hours(hour), { timeline: 1 }))
  await save(store, clusterId, samples)
  const now = hours(50.5)
  await Promise.all([packClosed(store, now), packClosed(store, now)])
  expect(await packClosed(store, now)).toEqual([])
  const { rows } = await store.pool.query(
    `select relname as name from pg_class where obj_description(oid, 'pg_class') = 'packed' order by 1`,
  )
  expect(rows).toEqual([{ name: 'sample_20261124' }, { name: 'sample_20261125' }])
  expect((await store.pool.query('select from sample where series_id > 0')).rowCount).toBe(3)
  await save(store, clusterId, [memberSampleOf(hours(1), { timeline: 1 })])
  const indexes = await store.pool.query(`select from pg_index where indrelid = 'sample_20261124'::regclass`)
  expect(indexes.rowCount).toBe(1)
})

test('whole partitions are dropped when they are old, by setting, and never before they are rolled up', async () => {
  await using store = await openTestStore()
  const clusterId = await addSampledCluster(store)
  const days = [0, 1, 2, 3, 4]
  await save(
    store,
    clusterId,
    days.map((day) => memberSampleOf(hours(day * 24 + 12), { timeline: day })),
  )
  const now = hours(5 * 24)
  const names = async () => (await listPartitions(store.pool, rawTable)).map(({ name }) => name.slice(-2))
  expect(await dropOld(store, now)).toEqual([])
  await rollUp(store, now)
  expect(await dropOld(store, now)).toEqual(['sample_20261124', 'sample_20261125'])
  expect(await names()).toEqual(['26', '27', '28'])
  await writeSetting(store.pool, 'samples.retention', { raw: 2 })
  expect(await dropOld(store, now)).toEqual(['sample_20261126'])
  await writeSetting(store.pool, 'samples.retention', { raw: 0, minute: 'none' })
  expect(await dropOld(store, now)).toEqual([])
  expect(await rolled(store, 'sample_hour')).toHaveLength(5)
  // What comes late for a time whose samples are gone is added to what was made of them.
  await save(store, clusterId, [memberSampleOf(hours(12.1), { timeline: 99 })])
  await rollUp(store, now)
  expect((await rolled(store, 'sample_hour'))[0]?.[1]).toBe(2)
})
