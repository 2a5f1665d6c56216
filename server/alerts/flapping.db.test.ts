import { expect, test } from 'vitest'
import { withMember } from '#domain/testing/change.ts'
import type { World } from '#domain/testing/world.ts'
import { listAlerts } from '#server/store/alerts/list-alerts.ts'
import { saveOverride } from '#server/store/alerts/rule-overrides.ts'
import { takeLeases } from '#server/store/leases.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { at, Bench, openBench } from './testing/bench.ts'

const stopped = (world: World): World => withMember(world, 'pg-node-1', { state: 'stopped', postgres: null })
const told = (bench: Bench) => bench.told().filter((each) => each.includes('postgres-not-running'))

test(
  'what comes and goes each second for ten minutes is told once that it began and once that it ended',
  { timeout: 240_000 },
  async () => {
    await using store = await openTestStore()
    const bench = await openBench(store)
    const { clusterId } = bench.cluster
    // As it comes it would have to hold for two minutes: then nothing at all would be told.
    await saveOverride(store.pool, { clusterId, ruleId: 'postgres-not-running', body: { forSeconds: 0 }, setBy: 'Ada' })
    await bench.follow(0, 10)
    for (let second = 11; second < 611; second += 1) {
      await bench.follow(second, second, second % 2 === 0 ? stopped : undefined)
      // Whoever takes it up knows no more than what was kept.
      if (second % 97 === 0) bench.restart()
    }
    expect(told(bench)).toEqual(['began postgres-not-running pg-node-1'])
    await bench.follow(615, 800)
    expect(told(bench)).toEqual(['began postgres-not-running pg-node-1', 'ended postgres-not-running pg-node-1'])
  },
)

test('a worker killed while an alert fires leaves it to another, which tells neither twice nor too little', async () => {
  await using store = await openTestStore()
  const bench = await openBench(store, 'w1')
  const { clusterId } = bench.cluster
  await bench.follow(0, 10)
  await bench.follow(15, 150, stopped)
  expect(told(bench)).toEqual(['began postgres-not-running pg-node-1'])
  // Killed: it gives nothing back, and its lease runs out.
  await store.pool.query(`update cluster_lease set expires_at = now() - interval '1 second'`)
  await takeLeases(store, { executorId: 'w2', clusterIds: [clusterId], ttlMs: 600_000 })
  const other = new Bench(store, clusterId, 'w2')
  await other.follow(240, 260, stopped)
  expect(await listAlerts(store, { limit: 50, states: ['firing'] })).toMatchObject(
    expect.arrayContaining([expect.objectContaining({ ruleId: 'postgres-not-running', since: at(15) })]),
  )
  await other.follow(265, 400)
  expect(told(other)).toEqual(['ended postgres-not-running pg-node-1'])
})
