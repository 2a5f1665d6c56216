import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { madePostgres } from '#domain/testing/stack-made.ts'
import { liveTrafficOf } from '#domain/stack/live-traffic.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import type { Store } from '#server/store/open.ts'
import { readStack, saveStack } from '#server/store/stack-view.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { answers } from '../rest/answers.ts'
import { openTestConsole } from '../testing/console.ts'
import { addCluster } from '../testing/sweep.ts'

const clusterId = randomUUID()
const executorId = 'worker-1'
const at = new Date()

const who = { pid: 7, user: 'app', database: 'orders', application: 'shop', state: 'active', waitEvent: null }
const blocked = { ...who, transactionSeconds: 2, query: `update users set password = 'secret'` }
const value = madePostgres({
  startedAt: at,
  longSessions: [{ ...blocked, backendStart: at, address: '10.0.1.9', querySeconds: 2, stateSeconds: 2 }],
  blocked: [{ ...blocked, depth: 0, blockedBy: null, backendStart: at }],
})
const problem = { kind: 'refused', sentence: 'Nothing listens.', since: at, observedAt: at } as const
const stack: StackView = {
  takenAt: at,
  members: [
    { name: 'pg-node-1', postgres: { value, seenAt: at, problem: null }, pooler: null },
    { name: 'pg-node-2', postgres: { value: null, seenAt: null, problem }, pooler: null },
  ],
  haproxy: null,
  etcd: { value: { members: [], alarms: [{ memberId: null, kind: 'NOSPACE' }] }, seenAt: at, problem },
}

async function prepare(store: Store): Promise<void> {
  await addCluster(store, clusterId)
  await store.pool.query(`insert into cluster_lease values ($1, $2, now() + interval '1 minute')`, [
    clusterId,
    executorId,
  ])
}

test('what is kept comes back as it was, only who holds the lease writes, and it goes with the cluster', async () => {
  await using store = await openTestStore()
  await prepare(store)
  expect(await readStack(store, clusterId)).toBe(null)
  expect(await saveStack(store, { clusterId, executorId: 'worker-2', stack })).toBe(false)
  expect(await readStack(store, clusterId)).toBe(null)
  expect(await saveStack(store, { clusterId, executorId, stack })).toBe(true)
  expect(await readStack(store, clusterId)).toEqual(stack)
  await store.pool.query('delete from cluster')
  expect(await readStack(store, clusterId)).toBe(null)
})

test('what sessions run is shown to whoever may act, and to others all but that', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await prepare(owner)
  await saveStack(owner, { clusterId, executorId, stack })
  const shown = async (role: 'viewer' | 'operator') => {
    const { cookie } = await console.signedIn(role)
    return (await console.query('stack.get', { cluster: 'main' }, { cookie })).text()
  }
  expect(await shown('operator')).toContain('update users set password')
  const withoutQueries = await shown('viewer')
  expect(withoutQueries).not.toContain('update users')
  expect(withoutQueries).toContain('10.0.1.9')
})

test('over REST it is what the description says', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await prepare(owner)
  await saveStack(owner, { clusterId, executorId, stack })
  const token = await console.token('viewer')
  const answer = await console.rest('GET', '/clusters/main/stack', { token })
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({
    hasQueries: false,
    stack: { members: [{ name: 'pg-node-1' }, { name: 'pg-node-2' }] },
  })
  const live = await console.rest('GET', '/clusters/main/stack/traffic', { token })
  expect(live.status).toBe(200)
  const members = [
    { name: 'pg-node-1', postgres: { value: { transactionsTotal: expect.any(Number) }, problem: null }, pooler: null },
    { name: 'pg-node-2', postgres: { value: null, problem: { sentence: 'Nothing listens.' } }, pooler: null },
  ]
  expect(await live.json()).toMatchObject({ cluster: 'main', traffic: { members, haproxy: null } })
  const traffic = { cluster: 'main', traffic: liveTrafficOf(stack), serverNow: at }
  expect(answers['stack.traffic']?.safeParse(traffic).success).toBe(true)
  expect(answers['stack.get']?.safeParse({ cluster: 'main', hasQueries: true, stack, serverNow: at }).success).toBe(
    true,
  )
})
