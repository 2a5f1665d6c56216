import { expect, test } from 'vitest'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { followAll } from '#domain/testing/follow.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { createLog } from '#server/log.ts'
import { openStore } from '#server/store/open.ts'
import { addSampledCluster, executorId } from '#server/store/samples/testing.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { createEnd } from '../loop.ts'
import { Sampler, type SamplingOptions } from './sampling.ts'

const noon = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000)
const after = (seconds: number) => new Date(noon.getTime() + seconds * 1000)
const log = createLog('test')
log.level = 'silent'

function snapshotAt(at: Date): Snapshot | null {
  return followAll(healthyWorld(at)).at(-1) ?? null
}

function optionsOf(store: TestStore, clusterId: string, at: () => Date): SamplingOptions {
  const look = () => ({ snapshot: snapshotAt(at()), stack: null })
  return { store, clusterId, executorId, look, signal: createEnd().signal, log }
}

async function moments(store: TestStore): Promise<number[]> {
  const { rows } = await store.pool.query<{ at: Date }>(
    `select at from sample join sample_series on id = series_id where kind = 'cluster' order by at`,
  )
  return rows.map(({ at }) => (at.getTime() - noon.getTime()) / 1000)
}

test('each sweep leaves a sample of the cluster and of each member', async () => {
  await using store = await openTestStore()
  const clusterId = await addSampledCluster(store)
  let now = after(3)
  const sampler = new Sampler(optionsOf(store, clusterId, () => now))
  for (const seconds of [3, 13, 23]) {
    now = after(seconds)
    await sampler.sweep(now)
    await sampler.settle()
  }
  expect(await moments(store)).toEqual([0, 10, 20])
  const { rows } = await store.pool.query('select kind, name from sample_series order by 1, 2')
  expect(rows).toHaveLength(4)
})

test('while the store is away sweeps go on, and are kept with their own times once it is back', async () => {
  await using store = await openTestStore()
  const clusterId = await addSampledCluster(store)
  // Nobody listens there.
  const away = openStore('postgresql://nobody@127.0.0.1:1/none', { max: 1 })
  const options = optionsOf(store, clusterId, () => after(3))
  const sometimes = {
    ...store,
    get pool() {
      return isAway ? away.pool : store.pool
    },
  }
  let isAway = true
  const sampler = new Sampler({
    ...options,
    store: sometimes,
    look: () => ({ snapshot: snapshotAt(now), stack: null }),
  })
  let now = noon
  for (let n = 0; n < 400; n++) {
    now = after(n * 10 + 3)
    await sampler.sweep(now)
    if (n % 100 === 0) await sampler.settle()
  }
  isAway = false
  now = after(4_003)
  await sampler.settle()
  await sampler.sweep(now)
  await sampler.settle()
  const kept = await moments(store)
  // Those of the last hour, and the one that found the store back.
  expect(kept).toEqual(Array.from({ length: 360 }, (_, n) => 410 + n * 10))
  await away.close()
})

test('who has lost the lease leaves the cluster to whoever has it', async () => {
  await using store = await openTestStore()
  const clusterId = await addSampledCluster(store)
  await store.pool.query(`update cluster_lease set executor_id = 'worker-2'`)
  const sampler = new Sampler(optionsOf(store, clusterId, () => noon))
  await sampler.sweep(noon)
  await sampler.settle()
  expect(await moments(store)).toEqual([])
})
