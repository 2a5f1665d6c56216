import { expect, test } from 'vitest'
import { createLog } from '#server/log.ts'
import { takeLeases } from '#server/store/leases.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { Fleet } from './fleet.ts'
import { clusterWith } from './testing.ts'

const log = createLog('test')
log.level = 'silent'

const patience = { timeout: 60_000 }

async function addCluster(store: TestStore, name: string): Promise<string> {
  const { rows } = await store.pool.query<{ id: string }>(
    `insert into cluster (name, endpoints) values ($1, '{}') returning id`,
    [name],
  )
  return rows[0]?.id ?? ''
}

function fleetOf(store: TestStore, executorId: string, more: { urlOf?: () => string; failFor?: string } = {}) {
  let loads = 0
  const fleet = new Fleet({
    store,
    executorId,
    log,
    async loadCluster(id) {
      loads++
      if (id === more.failFor) throw new Error('The secret cannot be read.')
      const { rows } = await store.pool.query('select from cluster where id = $1', [id])
      if (rows.length === 0) return null
      return { cluster: clusterWith({ patroniUrls: [more.urlOf?.() ?? 'http://127.0.0.1:1'] }, { id }), secrets: {} }
    },
  })
  return { fleet, loads: () => loads, [Symbol.asyncDispose]: () => fleet.stop() }
}

test('a registered cluster is looked at, also one that is added later', async () => {
  await using store = await openTestStore()
  const first = await addCluster(store, 'a')
  await using run = fleetOf(store, 'worker-1')
  run.fleet.start()
  await expect.poll(() => run.fleet.collectorOf(first), patience).not.toBeNull()
  const second = await addCluster(store, 'b')
  run.fleet.hear({ kind: 'clusters' })
  await expect.poll(() => run.fleet.collectorOf(second), patience).not.toBeNull()
})

test('a cluster that was removed is left alone, and its clients are refused', async () => {
  await using store = await openTestStore()
  const id = await addCluster(store, 'a')
  await using run = fleetOf(store, 'worker-1')
  run.fleet.start()
  await expect.poll(() => run.fleet.collectorOf(id), patience).not.toBeNull()
  expect((await run.fleet.accessOf(id)).cluster.id).toBe(id)
  await store.pool.query('delete from cluster')
  run.fleet.hear({ kind: 'clusters' })
  await expect.poll(() => run.fleet.collectorOf(id), patience).toBeNull()
  await expect(run.fleet.accessOf(id)).rejects.toMatchObject({ code: 'not-found' })
})

test('a changed cluster gets a new collector, one that was only touched keeps its own', async () => {
  await using store = await openTestStore()
  const id = await addCluster(store, 'a')
  let url = 'http://127.0.0.1:1'
  await using run = fleetOf(store, 'worker-1', { urlOf: () => url })
  run.fleet.start()
  await expect.poll(() => run.fleet.collectorOf(id), patience).not.toBeNull()
  const first = run.fleet.collectorOf(id)
  await store.pool.query('update cluster set updated_at = clock_timestamp()')
  run.fleet.hear({ kind: 'clusters' })
  await expect.poll(() => run.loads(), patience).toBe(2)
  expect(run.fleet.collectorOf(id)).toBe(first)
  url = 'http://127.0.0.1:2'
  await store.pool.query('update cluster set updated_at = clock_timestamp()')
  run.fleet.hear({ kind: 'clusters' })
  await expect.poll(() => run.fleet.collectorOf(id)?.access.patroniUrls, patience).toEqual([url])
})

test('a cluster whose secrets cannot be read does not keep the others from being looked at', async () => {
  await using store = await openTestStore()
  const ids = [await addCluster(store, 'a'), await addCluster(store, 'b')]
  await using run = fleetOf(store, 'worker-1', { failFor: ids.toSorted()[0] ?? '' })
  run.fleet.start()
  await expect.poll(() => ids.filter((id) => run.fleet.collectorOf(id) !== null), patience).toHaveLength(1)
})

test('a cluster of another worker is taken over when its lease is over', async () => {
  await using store = await openTestStore()
  const id = await addCluster(store, 'a')
  await takeLeases(store, { executorId: 'worker-2', clusterIds: [id], ttlMs: 600_000 })
  const free = await addCluster(store, 'b')
  await using run = fleetOf(store, 'worker-1')
  run.fleet.start()
  await expect.poll(() => run.fleet.collectorOf(free), patience).not.toBeNull()
  expect(run.fleet.collectorOf(id)).toBeNull()
  await store.pool.query('update cluster_lease set expires_at = clock_timestamp() where cluster_id = $1', [id])
  await expect.poll(() => run.fleet.collectorOf(id), patience).not.toBeNull()
})

test('a worker that ends gives its clusters to the others at once', async () => {
  await using store = await openTestStore()
  const id = await addCluster(store, 'a')
  const first = fleetOf(store, 'worker-1')
  first.fleet.start()
  await expect.poll(() => first.fleet.collectorOf(id), patience).not.toBeNull()
  await first.fleet.stop()
  expect(await takeLeases(store, { executorId: 'worker-2', clusterIds: [id], ttlMs: 1_000 })).toEqual([id])
})
