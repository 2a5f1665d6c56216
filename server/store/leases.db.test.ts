import { expect, test } from 'vitest'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { listClaims, releaseLeases, takeLeases } from './leases.ts'

async function addCluster(store: TestStore, name: string): Promise<string> {
  const { rows } = await store.pool.query<{ id: string }>(
    `insert into cluster (name, endpoints) values ($1, '{}') returning id`,
    [name],
  )
  return rows[0]?.id ?? ''
}

test('a lease belongs to one worker until it is over', async () => {
  await using store = await openTestStore()
  const id = await addCluster(store, 'orders')
  const take = (executorId: string) => takeLeases(store, { executorId, clusterIds: [id], ttlMs: 10_000 })
  expect(await take('a')).toEqual([id])
  expect(await take('b')).toEqual([])
  expect(await take('a')).toEqual([id])
  await store.pool.query(`update cluster_lease set expires_at = clock_timestamp() - interval '1 ms'`)
  expect(await take('b')).toEqual([id])
  expect(await take('a')).toEqual([])
})

test('of workers that reach for a free cluster together exactly one gets it', async () => {
  await using store = await openTestStore({ max: 10 })
  const id = await addCluster(store, 'orders')
  const workers = Array.from({ length: 10 }, (_, i) => `worker-${i}`)
  const taken = await Promise.all(
    workers.map((executorId) => takeLeases(store, { executorId, clusterIds: [id], ttlMs: 10_000 })),
  )
  expect(taken.flat()).toEqual([id])
})

test('a lease given back is free at once; one of another worker cannot be given back', async () => {
  await using store = await openTestStore()
  const id = await addCluster(store, 'orders')
  await takeLeases(store, { executorId: 'a', clusterIds: [id], ttlMs: 10_000 })
  await releaseLeases(store, 'b', [id])
  expect((await listClaims(store, 'b')).claims[0]?.holder).toBe('a')
  await releaseLeases(store, 'a', [id])
  expect((await listClaims(store, 'b')).claims[0]?.holder).toBeNull()
})

test('a cluster that was removed cannot be taken', async () => {
  await using store = await openTestStore()
  const gone = '00000000-0000-4000-8000-000000000000'
  expect(await takeLeases(store, { executorId: 'a', clusterIds: [gone], ttlMs: 10_000 })).toEqual([])
})

test('claims tell when a cluster or its secrets were changed, and how many workers live', async () => {
  await using store = await openTestStore()
  const id = await addCluster(store, 'orders')
  const before = (await listClaims(store, 'a')).claims[0]?.revisedAt.getTime() ?? 0
  await store.pool.query(
    `insert into secret (cluster_id, name, sealed, updated_at) values ($1, 'patroni-password', 'x', now() + interval '1 hour')`,
    [id],
  )
  await store.pool.query(
    `insert into worker (executor_id, boot_id, pid, host, application_version, heartbeat_at, state) values
       ('a', 'x', 1, 'h', '1', now(), 'live'), ('b', 'x', 1, 'h', '1', now(), 'live'),
       ('c', 'x', 1, 'h', '1', now() - interval '1 minute', 'live'), ('d', 'x', 1, 'h', '1', now(), 'dead')`,
  )
  const { claims, liveWorkers } = await listClaims(store, 'a')
  expect((claims[0]?.revisedAt.getTime() ?? 0) - before).toBeGreaterThan(3_000_000)
  expect(liveWorkers).toBe(2)
})
