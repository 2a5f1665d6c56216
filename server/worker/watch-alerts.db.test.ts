import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { TestCluster } from '#server/alerts/testing/watched.ts'
import { createEnd } from '#server/collector/loop.ts'
import { createLog } from '#server/log.ts'
import { readBeats } from '#server/store/alerts/beats.ts'
import { listAlerts } from '#server/store/alerts/list-alerts.ts'
import { takeLeases } from '#server/store/leases.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { startWatchingAlerts, type AlertWatch } from './watch-alerts.ts'

const log = createLog('test')
log.level = 'silent'

test('the alerts of every cluster that this worker looks at are looked at again and again', async () => {
  await using store = await openTestStore()
  const clusterId = randomUUID()
  await store.pool.query(`insert into cluster (id, name, endpoints) values ($1, 'main', '{}')`, [clusterId])
  await takeLeases(store, { executorId: 'w1', clusterIds: [clusterId], ttlMs: 600_000 })
  const cluster = new TestCluster(clusterId)
  const look = () => cluster.look(new Date(), (world) => ({ ...world, leader: null, haproxy: 'none' }))
  look()
  const ended = createEnd()
  const looking = setInterval(look, 500)
  startWatchingAlerts({ store, executorId: 'w1', fleet: fleetOf(cluster), log, signal: ended.signal })
  await expect
    .poll(() => listAlerts(store, { limit: 10 }), { timeout: 60_000 })
    .toMatchObject([{ ruleId: 'no-leader', state: 'pending', clusterName: 'main' }])
  expect(await readBeats(store.pool)).toMatchObject([{ clusterName: 'main', evaluatedAt: expect.any(Date) }])
  clearInterval(looking)
  ended.abort()
  // A look under way may still hold a connection of the store.
  await new Promise((resolve) => setTimeout(resolve, 500))
})

function fleetOf(cluster: TestCluster): AlertWatch['fleet'] {
  const collector = {
    access: { cluster: { id: cluster.clusterId, name: cluster.clusterName } },
    current: () => cluster.seen()?.snapshot ?? null,
    stack: () => null,
    samples: () => [],
  }
  return { collectors: () => [collector] }
}
