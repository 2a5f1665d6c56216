import { expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import { PoolsView } from '#components/pools/pools-view.tsx'
import { PostgresView } from '#components/postgres/postgres-view.tsx'
import { TrafficView } from '#components/traffic/traffic-view.tsx'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import type { ReplicationSlot } from '#domain/stack/postgres-detail.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { madeLooked, madeMember, madeSilent, madeStack } from '#domain/testing/looked-made.ts'
import { madePool, madePooler } from '#domain/testing/pooler-made.ts'
import { madeBlocked, madeSender } from '#domain/testing/sender-made.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { madeHaproxy, madePostgres } from '#domain/testing/stack-made.ts'
import { healthyWorld } from '#domain/testing/world.ts'

const now = new Date('2026-11-26T06:00:00Z')
const before = new Date('2026-11-26T05:58:00Z')

function answers(stack: StackView | null, hasQueries = true) {
  return {
    'stack.get': () => ({ cluster: 'shop', stack, hasQueries, serverNow: now }),
    'clusters.get': () => ({ cluster: { name: 'shop', labels: [] }, snapshot: null, recentEvents: [], serverNow: now }),
  }
}

const blocked = [madeBlocked(11, null), madeBlocked(12, 11), madeBlocked(13, 12)]
const postgres = madeStack(now, {
  members: [
    madeMember('pg-node-1', {
      postgres: madeLooked(madePostgres({ senders: [madeSender('pg-node-2')], blocked }), now),
    }),
    madeMember('pg-node-2', {
      postgres: madeSilent(
        madePostgres({ inRecovery: true }),
        before,
        'Postgres on pg-node-2 did not answer within 3 s.',
      ),
    }),
    madeMember('pg-node-3', { postgres: madeLooked(madePostgres({ inRecovery: true }), now) }),
  ],
})

test('Postgres opens with the worst thing, names who is missing and what others see of who is silent', async () => {
  await using page = await openPage({ page: <PostgresView cluster="shop" />, answers: answers(postgres), now })
  await page.until(() => page.text().includes('leads.'))
  expect(page.text()).toContain('pg-node-1 leads. One session holds up 2 others on pg-node-1')
  expect(page.text()).toContain('Nobody streams to pg-node-3.')
  expect(page.text()).toContain('did not answer within 3 s. What is shown of it is 2 min old. pg-node-1 streams to it.')
  const tree = document.querySelector('[aria-label="Who waits for whom on pg-node-1"]')
  expect(tree?.querySelectorAll('li li li')).toHaveLength(1)
  expect(tree?.textContent).toContain('update carts')
})

test('a slot that was seen minutes ago is not shown as kept', async () => {
  const slot: ReplicationSlot = {
    name: 'pg_node_2',
    type: 'physical',
    database: null,
    active: true,
    temporary: false,
    walStatus: 'reserved',
    retainedBytes: 0,
    safeBytes: null,
    xminAge: null,
    conflicting: null,
    invalidationReason: null,
  }
  const stack = madeStack(now, {
    members: [
      madeMember('pg-node-1', { postgres: madeSilent(madePostgres({ slots: [slot] }), before, 'It did not answer.') }),
      madeMember('pg-node-3', { postgres: madeLooked(madePostgres({ slots: [slot] }), now) }),
    ],
  })
  await using page = await openPage({ page: <PostgresView cluster="shop" />, answers: answers(stack), now })
  await page.until(() => page.text().includes('Replication slots'))
  const rowOf = (member: string) =>
    [...document.querySelectorAll('[aria-label="Replication slots"] tbody tr')].find((row) =>
      row.textContent.includes(member),
    )
  expect(rowOf('pg-node-1')?.textContent).toContain('was kept')
  expect(rowOf('pg-node-3')?.textContent).not.toContain('was kept')
  const colourOf = (member: string) => rowOf(member)?.querySelector('svg')?.getAttribute('class')
  expect(colourOf('pg-node-1')).not.toBe(colourOf('pg-node-3'))
})

test('who may not read statements is told so and sees none', async () => {
  const long = {
    ...madeBlocked(21, null),
    address: null,
    querySeconds: 300,
    stateSeconds: 300,
    backendStart: before,
    state: 'idle in transaction',
    query: '',
  }
  const member = madeMember('a', { postgres: madeLooked(madePostgres({ longSessions: [long] }), now) })
  const stack = madeStack(now, { members: [member] })
  await using page = await openPage({ page: <PostgresView cluster="shop" />, answers: answers(stack, false), now })
  await page.until(() => page.text().includes('shown to operators alone'))
  expect(page.text()).toContain('idle in transaction for 5 min')
})

test('pools begin with who waits, and list clients once they are asked for', async () => {
  const client = {
    user: 'app',
    database: 'orders',
    state: 'active',
    address: '10.0.0.9',
    port: 40_000,
    application: null,
  }
  const detail = madePooler({
    pools: [madePool({ serversActive: 20, clientsWaiting: 7, maxWaitSeconds: 3.2 })],
    clients: [
      { ...client, state: 'waiting', waitSeconds: 3.2, id: '1' },
      { ...client, port: 40_001, waitSeconds: 0, id: '2' },
    ],
  })
  const stack = madeStack(now, { members: [madeMember('pg-node-1', { pooler: madeLooked(detail, now) })] })
  await using page = await openPage({ page: <PoolsView cluster="shop" />, answers: answers(stack), now })
  await page.until(() => page.text().includes('clients wait'))
  expect(page.text()).toContain('20 / 20')
  expect(document.querySelectorAll('[aria-label="Clients that wait"] tbody tr')).toHaveLength(1)
  expect(document.querySelector('[aria-label="Clients of pg-node-1"]')).toBeNull()
  for (const details of document.querySelectorAll('details')) details.open = true
  await page.until(() => document.querySelector('[aria-label="Clients of pg-node-1"]') !== null)
  await page.until(() => document.querySelector('[aria-label="Databases of pgBouncer on pg-node-1"]') !== null)
  expect(page.button('Pause orders on pg-node-1')).toBeTruthy()
  expect(page.button('Reload all databases on pg-node-1')).toBeTruthy()
})

test('traffic tells a replica that is down for writes as it should be, and marks sessions left behind', async () => {
  const haproxy = madeHaproxy({ name: 'pg-node-1' }, { name: 'pg-node-2', isUp: false, check: 'L7STS', checkCode: 503 })
  const stack = madeStack(now, { haproxy: madeLooked(haproxy, now) })
  await using page = await openPage({ page: <TrafficView cluster="shop" />, answers: answers(stack), now })
  await page.until(() => page.text().includes('HAProxy sends'))
  expect(page.text()).toContain('HAProxy sends writes to pg-node-1, with 4 sessions open.')
  expect(page.text()).toContain('Is not the leader, so it gets no writes: as it should be.')
  expect(page.text()).toContain('left behind')
})

test('what HAProxy said before the leader changed is never green', async () => {
  const seenAt = new Date(now.getTime() - 7_000)
  const stack = madeStack(seenAt, { haproxy: madeLooked(madeHaproxy({ name: 'pg-node-1' }), seenAt) })
  const leader = { name: 'pg-node-2', since: new Date(now.getTime() - 2_000), historySince: null }
  const snapshot = { ...takeSnapshot(null, readingsOf(healthyWorld(now)), now), leader }
  const view = { cluster: { name: 'shop', labels: [] }, snapshot, recentEvents: [], serverNow: now }
  await using page = await openPage({
    page: <TrafficView cluster="shop" />,
    answers: { ...answers(stack), 'clusters.get': () => view },
    now,
  })
  await page.until(() => page.text().includes('was last looked at'))
  expect(page.text()).toContain('HAProxy was last looked at before the leader changed.')
  expect(page.text()).toContain('7 s ago, before the leader changed')
  expect(document.querySelector('table')?.parentElement?.className).toContain('grayscale')
  expect(page.text()).not.toContain('Drain')
})

test('what is not there yet is said, with how to get it', async () => {
  await using none = await openPage({ page: <TrafficView cluster="shop" />, answers: answers(null), now })
  await none.until(() => none.text().includes('has not looked into the layers of shop yet'))
  await using bare = await openPage({ page: <PoolsView cluster="shop" />, answers: answers(madeStack(now)), now })
  await bare.until(() => bare.text().includes('No pgBouncer'))
  expect(bare.text()).toContain('No pgBouncer is known beside the members of shop')
})

test('who may end sessions is offered it for each by name, of what is current alone', async () => {
  await using page = await openPage({ page: <PostgresView cluster="shop" />, answers: answers(postgres), now })
  await page.until(() => page.text().includes('leads.'))
  expect(page.button('Cancel the statement of pid 11 on pg-node-1')).toBeTruthy()
  expect(page.button('Terminate pid 13 on pg-node-1')).toBeTruthy()
})

test('who looks on is offered no act', async () => {
  const haproxy = madeHaproxy({ name: 'pg-node-1' })
  const stack = madeStack(now, { haproxy: madeLooked(haproxy, now) })
  await using page = await openPage({
    page: <TrafficView cluster="shop" />,
    answers: answers(stack),
    now,
    role: 'viewer',
  })
  await page.until(() => page.text().includes('Operators drain servers'))
  expect(document.querySelectorAll('button')).toHaveLength(0)
})
