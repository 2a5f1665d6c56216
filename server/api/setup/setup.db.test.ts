import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { poolerStack } from '#domain/testing/pooler-stack.ts'
import { wellSetUp } from '#domain/testing/setup-made.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { openTestConsole, type TestConsole } from '../testing/console.ts'
import { addCluster, sweep } from '../testing/sweep.ts'

const clusterId = randomUUID()
const address = '/clusters/main/setup'

interface Given {
  owner: TestStore
  console: TestConsole
  viewer: string
}

async function withConsole(work: (given: Given) => Promise<void>): Promise<void> {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, clusterId)
  await owner.pool.query('update cluster set endpoints = $1', [JSON.stringify(wellSetUp().endpoints)])
  await work({ owner, console, viewer: await console.token('viewer') })
}

test('before a first look no rule has passed, and nobody is said to lead', () =>
  withConsole(async ({ console, viewer }) => {
    const response = await console.rest('GET', address, { token: viewer })
    expect(response.status).toBe(200)
    const { checks, truth, seenAt } = await response.json()
    expect([truth, seenAt]).toEqual([null, null])
    expect(checks.length).toBeGreaterThanOrEqual(36)
    const passed = checks.filter(({ outcome }: { outcome: string }) => outcome === 'passed')
    // These speak of the console alone.
    expect(passed.map(({ rule }: { rule: string }) => rule.split('-').slice(0, 2).join('-'))).toEqual([
      'console-sees',
      'console-sees',
      'console-sees',
      'console-sees',
    ])
    expect((await console.rest('GET', '/clusters/other/setup', { token: viewer })).status).toBe(404)
    expect((await console.rest('GET', address)).status).toBe(401)
  }))

test('what the store holds of a cluster is judged, its poolers among it, by REST and for the overview', () =>
  withConsole(async ({ owner, console, viewer }) => {
    await sweep(owner, { clusterId, version: 1 })
    const snapshot = await latestSnapshot(owner, clusterId)
    if (!snapshot) throw new Error('Nothing was kept.')
    const stack = poolerStack(snapshot, { 'pg-node-3': [{ name: 'orders', host: '10.0.1.11' }] }, new Date())
    await owner.pool.query('insert into stack_view (cluster_id, taken_at, body) values ($1, $2, $3)', [
      clusterId,
      stack.takenAt,
      JSON.stringify(stack),
    ])
    const answered = await (await console.rest('GET', address, { token: viewer })).json()
    expect(answered.checks).toContainEqual(
      expect.objectContaining({ rule: 'patroni-failsafe', outcome: 'failed', layer: 'patroni' }),
    )
    expect(answered.truth.rows).toContainEqual(
      expect.objectContaining({ source: 'pgbouncer', member: 'pg-node-3', says: ['pg-node-2'], standing: 'disagrees' }),
    )
    const cluster = await (await console.rest('GET', '/clusters/main', { token: viewer })).json()
    expect(cluster.findings).toMatchObject([{ kind: 'pooler-misleads', severity: 'critical', member: 'pg-node-3' }])
  }))
