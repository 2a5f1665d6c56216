import pg from 'pg'
import { expect, test } from 'vitest'
import type { ClusterEvent } from '#domain/event.ts'
import { neverSeen } from '#domain/snapshot/reading.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { listEvents } from './events.ts'
import { takeLeases } from './leases.ts'
import { channel } from './notify.ts'
import { fleetRows, latestSnapshot, saveSweep } from './snapshots.ts'

const summary = {
  level: 'healthy' as const,
  sentence: 'pg-1 leads.',
  leader: 'pg-1',
  members: [{ name: 'pg-1', role: 'leader', isFine: true }],
  worstLagBytes: 4_294_967_296_000,
}

async function addCluster(store: TestStore, name = 'orders'): Promise<string> {
  const { rows } = await store.pool.query<{ id: string }>(
    `insert into cluster (name, endpoints) values ($1, '{}') returning id`,
    [name],
  )
  return rows[0]?.id ?? ''
}

function snapshotOf(clusterId: string, version: number, takenAt = '2026-11-23T09:00:00.123Z'): Snapshot {
  const readings = {
    clusterId,
    clusterName: 'orders',
    members: [
      {
        name: 'pg-1',
        apiUrl: 'http://pg-1:8008',
        status: neverSeen,
        clusterView: neverSeen,
        postgres: null,
        pooler: null,
      },
    ],
    etcd: null,
    haproxy: null,
    config: neverSeen,
    history: neverSeen,
  }
  return { ...takeSnapshot(null, readings, new Date(takenAt)), version }
}

function event(sentence: string): ClusterEvent {
  const at = new Date('2026-11-23T09:00:00.100Z')
  return {
    kind: 'leader-changed',
    at,
    member: 'pg-1',
    severity: 'warning',
    sentence,
    from: 'pg-2',
    to: 'pg-1',
    sources: ['etcd'],
  }
}

test('a sweep is kept with its events in order and read back as it was', async () => {
  await using store = await openTestStore()
  const clusterId = await addCluster(store)
  const snapshot = snapshotOf(clusterId, 1)
  const stored = await saveSweep(store, {
    snapshot,
    summary,
    events: [event('first'), event('second')],
    executorId: null,
  })
  expect(await latestSnapshot(store, clusterId)).toEqual(snapshot)
  expect(stored.map(({ sentence }) => sentence)).toEqual(['first', 'second'])
  expect(await listEvents(store, { clusterId, limit: 10 })).toEqual(stored.toReversed())
  expect(stored[0]).toEqual({
    ...event('first'),
    id: expect.any(Number),
    clusterId,
    clusterName: 'orders',
    operationId: null,
  })
})

test('an older snapshot never replaces a newer one, but its events are kept', async () => {
  await using store = await openTestStore()
  const clusterId = await addCluster(store)
  await saveSweep(store, { snapshot: snapshotOf(clusterId, 5), summary, events: [], executorId: null })
  await saveSweep(store, { snapshot: snapshotOf(clusterId, 4), summary, events: [event('late')], executorId: null })
  expect((await latestSnapshot(store, clusterId))?.version).toBe(5)
  expect(await listEvents(store, { limit: 10 })).toHaveLength(1)
})

test('the first snapshot of each hour is kept', async () => {
  await using store = await openTestStore()
  const clusterId = await addCluster(store)
  const times = ['2026-11-23T09:00:00Z', '2026-11-23T09:59:59Z', '2026-11-23T10:00:01Z']
  for (const [i, takenAt] of times.entries()) {
    await saveSweep(store, { snapshot: snapshotOf(clusterId, i + 1, takenAt), summary, events: [], executorId: null })
  }
  const { rows } = await store.pool.query(`select hour, body->>'version' as version from hourly_snapshot order by hour`)
  expect(rows).toEqual([
    { hour: new Date('2026-11-23T09:00:00Z'), version: '1' },
    { hour: new Date('2026-11-23T10:00:00Z'), version: '3' },
  ])
})

test('only the holder of the lease may write', async () => {
  await using store = await openTestStore()
  const clusterId = await addCluster(store)
  const sweep = { snapshot: snapshotOf(clusterId, 1), summary, events: [event('x')], executorId: 'worker-1' }
  await expect(saveSweep(store, sweep)).rejects.toMatchObject({ code: 'conflict' })
  await takeLeases(store, { executorId: 'worker-1', clusterIds: [clusterId], ttlMs: 10_000 })
  await saveSweep(store, sweep)
  await store.pool.query(`update cluster_lease set expires_at = now() - interval '1 second'`)
  await saveSweep(store, { ...sweep, events: [] })
  await takeLeases(store, { executorId: 'worker-2', clusterIds: [clusterId], ttlMs: 10_000 })
  await expect(saveSweep(store, sweep)).rejects.toThrow('worker-2')
  expect(await listEvents(store, { limit: 10 })).toHaveLength(1)
})

test('nothing is written about a cluster that was removed', async () => {
  await using store = await openTestStore()
  const clusterId = await addCluster(store)
  await store.pool.query('delete from cluster')
  const sweep = { snapshot: snapshotOf(clusterId, 1), summary, events: [event('x')], executorId: null }
  await expect(saveSweep(store, sweep)).rejects.toMatchObject({ code: 'not-found' })
  expect(await listEvents(store, { limit: 10 })).toEqual([])
})

test('each sweep is told with its version and each event with its id', async () => {
  await using store = await openTestStore()
  const clusterId = await addCluster(store)
  const client = new pg.Client({ connectionString: store.url })
  await client.connect()
  const heard: unknown[] = []
  client.on('notification', ({ payload }) => heard.push(JSON.parse(payload ?? '')))
  await client.query(`listen ${channel}`)
  const [stored] = await saveSweep(store, {
    snapshot: snapshotOf(clusterId, 7),
    summary,
    events: [event('x')],
    executorId: null,
  })
  await expect.poll(() => heard.length, { timeout: 60_000 }).toBe(2)
  expect(heard).toEqual([
    { kind: 'snapshot', clusterId, version: 7 },
    { kind: 'event', clusterId, id: stored?.id },
  ])
  await client.end()
})

test('events that come while an operation moves the lead are tied to it, whatever else runs', async () => {
  await using store = await openTestStore()
  const clusterId = await addCluster(store)
  const operationId = '11111111-1111-4111-8111-111111111111'
  await store.pool.query(
    `insert into operation (id, cluster_id, cluster_name, kind, state, plan, plan_hash, reason, actor_id, actor_name)
     values ($1, $2, 'orders', 'switchover', 'running', '{}', 'h', 'r', 'u', 'Ada')`,
    [operationId, clusterId],
  )
  await store.pool.query(
    `insert into operation (id, cluster_id, cluster_name, kind, lane, state, plan, plan_hash, reason, actor_id, actor_name)
     values (gen_random_uuid(), $1, 'orders', 'backup', 'backup', 'running', '{}', 'h', 'r', 'u', 'Bob')`,
    [clusterId],
  )
  const [stored] = await saveSweep(store, {
    snapshot: snapshotOf(clusterId, 1),
    summary,
    events: [event('x')],
    executorId: null,
  })
  expect(stored?.operationId).toBe(operationId)
  expect((await fleetRows(store))[0]?.activeOperation).toMatchObject({ id: operationId, requestedBy: 'Ada' })
})

test('the fleet shows every cluster, those not looked at yet as unseen', async () => {
  await using store = await openTestStore()
  const orders = await addCluster(store, 'orders')
  const billing = await addCluster(store, 'billing')
  await saveSweep(store, { snapshot: snapshotOf(orders, 1), summary, events: [], executorId: null })
  expect(await fleetRows(store)).toEqual([
    expect.objectContaining({ clusterId: billing, level: 'unseen', seenAt: null, members: [], activeOperation: null }),
    expect.objectContaining({
      clusterId: orders,
      level: 'healthy',
      leader: 'pg-1',
      worstLagBytes: 4_294_967_296_000,
      lastBackup: null,
      seenAt: new Date('2026-11-23T09:00:00.123Z'),
      members: summary.members,
    }),
  ])
  expect(await fleetRows(store, [orders])).toHaveLength(1)
})

test('events are filtered, and paged without gaps in both directions', async () => {
  await using store = await openTestStore()
  const clusterId = await addCluster(store)
  const events = ['a', 'b', 'c', 'd'].map((sentence, i): ClusterEvent => ({
    ...event(sentence),
    kind: i % 2 === 0 ? 'leader-changed' : 'paused',
    member: i % 2 === 0 ? 'pg-1' : null,
  }))
  const stored = await saveSweep(store, { snapshot: snapshotOf(clusterId, 1), summary, events, executorId: null })
  const told = async (filter: Omit<Parameters<typeof listEvents>[1], 'limit'>, limit = 10) =>
    (await listEvents(store, { ...filter, limit })).map(({ sentence }) => sentence)
  expect(await told({}, 2)).toEqual(['d', 'c'])
  expect(await told({ before: stored[2]?.id }, 2)).toEqual(['b', 'a'])
  expect(await told({ after: stored[0]?.id }, 2)).toEqual(['b', 'c'])
  expect(await told({ kinds: ['paused'] })).toEqual(['d', 'b'])
  expect(await told({ member: 'pg-1' })).toEqual(['c', 'a'])
  expect(await told({ severity: 'critical' })).toEqual([])
  expect(await told({ since: new Date('2026-11-23T09:00:01Z') })).toEqual([])
  expect(await told({ until: new Date('2026-11-23T09:00:01Z'), clusterId })).toHaveLength(4)
})

test('ids of events become visible in their order, also from transactions that overlap', async () => {
  await using store = await openTestStore({ max: 10 })
  const ids = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => addCluster(store, name)))
  const seen: number[] = []
  let isOver = false
  const reader = (async () => {
    while (!isOver)
      for (const { id } of await listEvents(store, { after: seen.at(-1) ?? 0, limit: 1000 })) seen.push(id)
  })()
  await Promise.all(
    ids.map(async (clusterId) => {
      for (let version = 1; version <= 10; version++) {
        await saveSweep(store, {
          snapshot: snapshotOf(clusterId, version),
          summary,
          events: [event('x'), event('y')],
          executorId: null,
        })
      }
    }),
  )
  await expect.poll(() => seen.length, { timeout: 60_000 }).toBe(120)
  isOver = true
  await reader
})

test('the incident that is told of is the newest of the worst that nobody looks after', async () => {
  await using store = await openTestStore()
  const id = await addCluster(store)
  const open = async (severity: string, sentence: string, by: string | null = null) =>
    void (await store.pool.query(
      `insert into incident (id, cluster_id, cluster_name, cause, severity, sentence, opened_at, acknowledged_at, acknowledged_by)
       values (gen_random_uuid(), $1, 'orders', 'backup', $2, $3, now(), case when $4::text is null then null else now() end, $4)`,
      [id, severity, sentence, by],
    ))
  const told = async () => (await fleetRows(store))[0]?.incidents.worst?.sentence ?? null
  expect(await told()).toBeNull()
  await open('critical', 'old', 'ann')
  expect(await told()).toBe('old')
  await open('warning', 'mild')
  expect(await told()).toBe('old')
  await open('critical', 'first')
  await open('critical', 'second')
  await open('critical', 'looked after', 'ann')
  expect(await told()).toBe('second')
})

test('what is critical and has not held for long enough is told, unless the verdict tells it', async () => {
  await using store = await openTestStore()
  const id = await addCluster(store)
  const hold = async (given: { cause: string; state?: string; severity?: string; at?: string }) =>
    void (await store.pool.query(
      `insert into alert (id, cluster_id, cluster_name, rule_id, title, subject, severity, cause, state, summary, since, counts_from, held_at, facts, fired_at)
       values (gen_random_uuid(), $1, 'orders', $2, $2, 'pg-1', $3, $2, $4, 'It holds.', $5, now(), now(), '{}', case when $4 = 'firing' then now() end)`,
      [id, given.cause, given.severity ?? 'critical', given.state ?? 'pending', given.at ?? '2026-11-26T03:00:10Z'],
    ))
  const told = async () => (await fleetRows(store))[0]?.alerts.coming
  expect(await told()).toBeNull()
  for (const cause of ['leadership', 'member', 'backup']) await hold({ cause })
  await hold({ cause: 'routing', state: 'firing' })
  await hold({ cause: 'workload', severity: 'warning' })
  expect(await told()).toBeNull()
  await hold({ cause: 'pooling' })
  await hold({ cause: 'capacity', at: '2026-11-26T03:00:20Z' })
  expect(await told()).toEqual({ sentence: 'Pooling on pg-1: It holds.', since: new Date('2026-11-26T03:00:10Z') })
})
