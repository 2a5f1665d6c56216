import pg from 'pg'
import { expect, test } from 'vitest'
import { metrics, type Sample } from '#domain/samples/metrics.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { takeLeases } from '../leases.ts'
import { channel } from '../notify.ts'
import { listPartitions, makePartitionsAhead, partitionAt } from './partitions.ts'
import { rawTable, rollUpTables } from './resolutions.ts'
import { saveSamples } from './save-samples.ts'

const executorId = 'worker-1'

async function addCluster(store: TestStore, name = 'orders'): Promise<string> {
  const { rows } = await store.pool.query<{ id: string }>(
    `insert into cluster (name, endpoints) values ($1, '{}') returning id`,
    [name],
  )
  const clusterId = rows[0]?.id ?? ''
  await takeLeases(store, { executorId, clusterIds: [clusterId], ttlMs: 10_000 })
  return clusterId
}

function sample(at: string, values: (number | null)[], name: string | null = 'pg-1'): Sample {
  return { subject: name === null ? { kind: 'cluster' } : { kind: 'member', name }, at: new Date(at), values }
}

async function kept(store: TestStore): Promise<unknown[]> {
  const { rows } = await store.pool.query<{ row: unknown[] }>(
    `select jsonb_build_array(kind, name, to_char(at at time zone 'UTC', 'DD HH24:MI:SS'), v) as row
       from sample join sample_series s on s.id = series_id order by at, kind, name`,
  )
  return rows.map(({ row }) => row)
}

test('a sweep is kept whole, gaps as gaps, and once however often it is sent', async () => {
  await using store = await openTestStore()
  const clusterId = await addCluster(store)
  const samples = [
    sample('2026-11-25T12:00:00Z', [1, null, 0.5], null),
    sample('2026-11-25T12:00:00Z', [1e300, 1e-300, 123_456_789_012]),
    sample('2026-11-25T12:00:10Z', [Number.NaN, 1, null]),
  ]
  expect(await saveSamples(store, { clusterId, executorId, samples })).toBe(true)
  expect(await saveSamples(store, { clusterId, executorId, samples })).toBe(true)
  expect(await kept(store)).toEqual([
    ['cluster', '', '25 12:00:00', [1, null, 0.5]],
    ['member', 'pg-1', '25 12:00:00', [null, 0, expect.closeTo(123_456_789_012, -5)]],
    ['member', 'pg-1', '25 12:00:10', [null, 1, null]],
  ])
})

test('who has lost the lease, or the cluster, writes nothing', async () => {
  await using store = await openTestStore()
  const clusterId = await addCluster(store)
  const samples = [sample('2026-11-25T12:00:00Z', [1])]
  expect(await saveSamples(store, { clusterId, executorId: 'worker-2', samples })).toBe(false)
  await store.pool.query('delete from cluster')
  expect(await saveSamples(store, { clusterId, executorId, samples })).toBe(false)
  expect(await kept(store)).toEqual([])
  expect((await store.pool.query('select from sample_series')).rowCount).toBe(0)
})

test('no sample is lost where nobody made room: over midnight, long ago and far ahead', async () => {
  await using store = await openTestStore()
  const clusterId = await addCluster(store)
  const times = ['2024-02-29T23:59:50Z', '2026-11-25T23:59:50Z', '2026-11-26T00:00:00Z', '2031-01-01T00:00:00Z']
  for (const at of times) {
    expect(await saveSamples(store, { clusterId, executorId, samples: [sample(at, [1])] })).toBe(true)
  }
  expect(await kept(store)).toHaveLength(times.length)
  const names = (await listPartitions(store.pool, rawTable)).map(({ name }) => name)
  expect(names).toEqual(['sample_20240229', 'sample_20261125', 'sample_20261126', 'sample_20310101'])
})

test('room is made ahead, by two workers at once as well, and again without harm', async () => {
  await using store = await openTestStore()
  const now = new Date('2026-12-28T10:00:00Z')
  await Promise.all([makePartitionsAhead(store, now), makePartitionsAhead(store, now)])
  await makePartitionsAhead(store, now)
  expect((await listPartitions(store.pool, rawTable)).map(({ name }) => name)).toEqual(
    ['20261228', '20261229', '20261230', '20261231', '20270101', '20270102', '20270103', '20270104'].map(
      (day) => `sample_${day}`,
    ),
  )
  const others = await Promise.all(rollUpTables.map((table) => listPartitions(store.pool, table)))
  expect(others.map((partitions) => partitions.map(({ name }) => name))).toEqual([
    ['sample_minute_20261228', 'sample_minute_20270104'],
    ['sample_ten_minutes_20261201', 'sample_ten_minutes_20270101'],
    ['sample_hour_20261201', 'sample_hour_20270101'],
    ['sample_day_20260101', 'sample_day_20270101'],
  ])
})

test('a Sunday belongs to the week that began on Monday', () => {
  const [week] = rollUpTables
  if (week === undefined) throw new Error('There are no roll-ups.')
  expect(partitionAt(week, new Date('2026-11-29T23:59:59Z'))).toEqual({
    name: 'sample_minute_20261123',
    from: new Date('2026-11-23T00:00:00Z'),
    to: new Date('2026-11-30T00:00:00Z'),
  })
})

test('nobody is woken by a sample', async () => {
  await using store = await openTestStore()
  const clusterId = await addCluster(store)
  const client = new pg.Client({ connectionString: store.url })
  await client.connect()
  const heard: unknown[] = []
  client.on('notification', ({ payload }) => heard.push(payload))
  await client.query(`listen ${channel}`)
  await saveSamples(store, { clusterId, executorId, samples: [sample(new Date().toISOString(), [1])] })
  await client.query('select 1')
  await client.end()
  expect(heard).toEqual([])
})

test('a sample of every metric fits', async () => {
  await using store = await openTestStore()
  const clusterId = await addCluster(store)
  const values = metrics.member.map((_, n) => n)
  await saveSamples(store, { clusterId, executorId, samples: [sample('2026-11-25T12:00:00Z', values)] })
  expect(await kept(store)).toEqual([['member', 'pg-1', '25 12:00:00', values]])
})
