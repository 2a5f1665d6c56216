import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { AlertChange } from '#domain/alerts/changes-of.ts'
import { dead, withMember } from '#domain/testing/change.ts'
import type { World } from '#domain/testing/world.ts'
import { listAlerts } from '#server/store/alerts/list-alerts.ts'
import { listIncidents } from '#server/store/alerts/incidents.ts'
import { saveOverride } from '#server/store/alerts/rule-overrides.ts'
import { listEvents } from '#server/store/events.ts'
import { releaseLeases, takeLeases } from '#server/store/leases.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { at, openBench } from './testing/bench.ts'
import { watchOverAlerts } from './watchdog.ts'

const leaderless = (world: World): World => ({ ...world, leader: null, haproxy: 'none' })
const notes = new Set(['leader-changed', 'rehearsal-overdue'])

test('a leader lost for over a minute is one alert and one incident, and both end when it is back', async () => {
  await using store = await openTestStore()
  const bench = await openBench(store)
  await bench.follow(0, 10)
  expect(await listAlerts(store, { limit: 50 })).toEqual([])
  await bench.follow(15, 60, leaderless)
  expect(await listAlerts(store, { limit: 50 })).toMatchObject([{ ruleId: 'no-leader', state: 'pending' }])
  expect(bench.changes).toEqual([])
  await bench.follow(65, 90, leaderless)
  expect(bench.told()).toEqual(['began no-leader main'])
  expect(await listIncidents(store, { limit: 10 })).toMatchObject([
    {
      cause: 'leadership',
      severity: 'critical',
      sentence: 'Nobody holds the lead. Last known leader: pg-node-3.',
      closedAt: null,
      firing: 1,
    },
  ])
  await bench.follow(95, 230)
  expect(bench.told()).toEqual(['began no-leader main', 'ended no-leader main'])
  expect(bench.incidents.map(({ kind }) => kind)).toEqual(['opened', 'closed'])
  expect(await listIncidents(store, { limit: 10 })).toMatchObject([
    { closedAt: expect.any(Date), firing: 0, alerts: 1 },
  ])
  const events = await listEvents(store, { clusterId: bench.cluster.clusterId, limit: 10 })
  expect(events.map(({ kind, severity }) => [kind, severity])).toEqual([
    ['alert-resolved', 'info'],
    ['alert-fired', 'critical'],
  ])
})

test('a worker that dies while an alert is pending or firing loses none and tells none twice', async () => {
  await using store = await openTestStore()
  const bench = await openBench(store)
  await bench.follow(0, 40, leaderless)
  bench.restart()
  await bench.follow(45, 80, leaderless)
  bench.restart()
  await bench.follow(85, 100, leaderless)
  expect(bench.told()).toEqual(['began no-leader main'])
  bench.restart()
  await bench.follow(105, 240)
  expect(bench.told()).toEqual(['began no-leader main', 'ended no-leader main'])
  const { rows } = await store.pool.query('select count(*)::int as alerts from alert')
  expect(rows).toEqual([{ alerts: 1 }])
})

test('what comes about while the store is away is kept and told once it is back', async () => {
  await using store = await openTestStore()
  const bench = await openBench(store)
  await bench.follow(0, 40, leaderless)
  bench.isAway = true
  await bench.follow(45, 90, leaderless)
  expect(await listAlerts(store, { limit: 50 })).toMatchObject([{ state: 'pending' }])
  bench.isAway = false
  await bench.follow(95, 100, leaderless)
  expect(bench.told()).toEqual(['began no-leader main'])
  expect(await listAlerts(store, { limit: 50 })).toMatchObject([{ state: 'firing', firedAt: at(60) }])
})

test('who holds the lease no more keeps nothing', async () => {
  await using store = await openTestStore()
  const bench = await openBench(store)
  await bench.follow(0, 40, leaderless)
  await releaseLeases(store, 'w1', [bench.cluster.clusterId])
  await takeLeases(store, { executorId: 'w2', clusterIds: [bench.cluster.clusterId], ttlMs: 600_000 })
  await bench.follow(45, 100, leaderless)
  expect(bench.told()).toEqual([])
  expect(await listAlerts(store, { limit: 50 })).toMatchObject([{ state: 'pending' }])
})

test('a machine that dies with the leader on it is one incident, not ten', async () => {
  await using store = await openTestStore()
  const bench = await openBench(store)
  await bench.follow(0, 10)
  const gone = (world: World): World => ({
    ...withMember(world, 'pg-node-3', dead(at(12), false)),
    leader: null,
    leaderChangedAt: at(40),
    haproxy: { primary: [], replicas: ['pg-node-1', 'pg-node-2'] },
    members: withMember(world, 'pg-node-3', dead(at(12), false)).members.map((member) => ({
      ...member,
      state: member.name === 'pg-node-3' ? member.state : 'running',
      streamsFrom: null,
    })),
  })
  await bench.follow(15, 400, gone)
  const firing = await listAlerts(store, { states: ['firing'], limit: 50 })
  const worth = firing.filter(({ severity }) => severity !== 'info')
  expect(worth.map(({ ruleId }) => ruleId)).toEqual(
    expect.arrayContaining(['no-leader', 'member-lost', 'haproxy-no-primary']),
  )
  const open = await listIncidents(store, { isOpen: true, limit: 50 })
  expect(open).toHaveLength(1)
  expect(open).toMatchObject([{ cause: 'leadership', severity: 'critical', firing: worth.length }])
  expect(new Set(worth.map(({ incidentId }) => incidentId))).toEqual(new Set([open[0]?.id]))
  // What opened first turned out to follow from the lost leader.
  const opened = bench.incidents.filter(({ kind }) => kind === 'opened').length
  expect(bench.incidents.filter(({ kind }) => kind === 'merged')).toHaveLength(opened - 1)
})

test('a console that sees nothing tells that, fires nothing else and ends nothing', async () => {
  await using store = await openTestStore()
  const bench = await openBench(store)
  await bench.follow(0, 80, (world) => withMember(world, 'pg-node-1', { state: 'stopped', postgres: null }))
  await bench.follow(85, 140, (world) => withMember(world, 'pg-node-1', { state: 'stopped', postgres: null }))
  const before = bench.told()
  expect(before).toContain('began postgres-not-running pg-node-1')
  const blind = (world: World): World => ({
    ...world,
    etcd: { problem: 'timeout', since: at(141) },
    haproxy: { problem: 'timeout', since: at(141) },
    members: world.members.map((member) => ({
      ...member,
      rest: { problem: 'timeout' as const, since: at(141) },
      sql: { problem: 'timeout' as const, since: at(141) },
      poolerDownSince: at(141),
    })),
  })
  await bench.follow(145, 700, blind)
  const told = bench.told().slice(before.length)
  expect(told.filter((each) => each.startsWith('ended'))).toEqual([])
  expect(told.toSorted()).toEqual([
    'began alerts-unknown main',
    'began console-blind main',
    'began etcd-unseen main',
    'began haproxy-unseen main',
  ])
  const kept = await listAlerts(store, { limit: 50 })
  expect(kept.find(({ ruleId }) => ruleId === 'postgres-not-running')).toMatchObject({
    state: 'firing',
    unknownSince: expect.any(Date),
  })
})

test('a switchover that somebody asked for explains what it brings about, unless it lasts', async () => {
  await using store = await openTestStore()
  const bench = await openBench(store)
  const { clusterId } = bench.cluster
  const id = randomUUID()
  await store.pool.query(
    `insert into operation (id, cluster_id, cluster_name, kind, lane, state, plan, plan_hash, reason, actor_id, actor_name,
                            idempotency_key, requested_at, started_at)
     values ($1, $2, 'main', 'switchover', 'lead', 'running', '{}', 'x', 'maintenance', 'a', 'Ada', 'k', $3, $3)`,
    [id, clusterId, at(0)],
  )
  await bench.follow(0, 90, leaderless)
  expect(bench.told()).toEqual([])
  expect(await listAlerts(store, { limit: 10 })).toMatchObject([
    { ruleId: 'no-leader', state: 'firing', explainedBy: id, incidentId: null },
  ])
  await store.pool.query(
    `update operation set state = 'failed', ended_at = now(), outcome = 'It failed.' where id = $1`,
    [id],
  )
  await bench.follow(95, 100, leaderless)
  expect(bench.told()).toEqual(['began no-leader main'])
  expect(await listIncidents(store, { limit: 10 })).toMatchObject([{ cause: 'leadership' }])
})

test('a recovery that waits for a decision is told, though it explains all else that it brings about', async () => {
  await using store = await openTestStore()
  const bench = await openBench(store)
  const id = randomUUID()
  await store.pool.query(
    `insert into operation (id, cluster_id, cluster_name, kind, lane, state, plan, plan_hash, reason, actor_id, actor_name,
                            idempotency_key, requested_at, started_at, question)
     values ($1, $2, 'main', 'restore', 'lead', 'waiting', '{}', 'x', 'rows deleted', 'a', 'Ada', 'k', $3, $3,
             jsonb_build_object('step', 4, 'sentence', 'Decide.', 'ways', '[]'::jsonb, 'askedAt', $4::text))`,
    [id, bench.cluster.clusterId, at(0), at(60).toISOString()],
  )
  await bench.follow(0, 660, leaderless, 15)
  expect(bench.told()).toEqual([])
  await bench.follow(675, 705, leaderless, 15)
  expect(bench.told()).toEqual(['began operation-waits main'])
  await store.pool.query(`update operation set state = 'running', question = null where id = $1`, [id])
  await bench.follow(720, 900, leaderless, 15)
  expect(bench.told()).toEqual(['began operation-waits main', 'ended operation-waits main'])
})

test('an audit log that a witness contradicts is an alert for as long as it does', async () => {
  await using store = await openTestStore()
  const bench = await openBench(store)
  await bench.follow(0, 30)
  expect(bench.told()).toEqual([])
  await store.pool.query(
    `insert into audit_witness (name, seq, hash, kept_at, problem, is_disputed) values ('syslog', 7, repeat('a', 64), $1, 'no', true)`,
    [at(31)],
  )
  await bench.follow(35, 90)
  expect(bench.told()).toEqual(['began audit-disputed main'])
  await store.pool.query('update audit_witness set problem = null, is_disputed = false')
  await bench.follow(95, 330)
  expect(bench.told()).toEqual(['began audit-disputed main', 'ended audit-disputed main'])
})

test('a replica that is copied anew explains that its Postgres is away, and not that the other one is', async () => {
  await using store = await openTestStore()
  const bench = await openBench(store)
  const id = randomUUID()
  await store.pool.query(
    `insert into operation (id, cluster_id, cluster_name, kind, lane, state, plan, plan_hash, reason, actor_id, actor_name,
                            idempotency_key, requested_at, started_at)
     values ($1, $2, 'main', 'reinitialise', 'replica', 'running', '{"member":"pg-node-1"}', 'x', 'corrupt', 'a', 'Ada', 'k', $3, $3)`,
    [id, bench.cluster.clusterId, at(0)],
  )
  const copying = (world: World) => withMember(world, 'pg-node-1', { state: 'creating replica', postgres: null })
  await bench.follow(0, 300, copying)
  expect(bench.told()).toEqual([])
  expect(await listAlerts(store, { limit: 10 })).toMatchObject([
    { ruleId: 'postgres-not-running', subject: 'pg-node-1', state: 'firing', explainedBy: id, incidentId: null },
  ])
  expect(await listIncidents(store, { limit: 10 })).toEqual([])

  await bench.follow(305, 600, (world) => withMember(copying(world), 'pg-node-2', { state: 'stopped', postgres: null }))
  expect(bench.told().toSorted()).toEqual(['began no-candidate main', 'began postgres-not-running pg-node-2'])

  await store.pool.query(
    `update operation set state = 'cancelled', ended_at = now(), outcome = 'Nobody follows it.' where id = $1`,
    [id],
  )
  await bench.follow(605, 610, copying)
  expect(bench.told()).toContain('began postgres-not-running pg-node-1')
})

test('a rule that was changed or turned off for a cluster is so from the next look on', async () => {
  await using store = await openTestStore()
  const bench = await openBench(store)
  const { clusterId } = bench.cluster
  const given = { clusterId, ruleId: 'no-leader', setBy: 'Ada' }
  await saveOverride(store.pool, { ...given, body: { forSeconds: 10, severity: 'warning' } })
  await bench.follow(0, 15, leaderless)
  expect(await listAlerts(store, { limit: 10 })).toMatchObject([{ state: 'firing', severity: 'warning' }])
  await saveOverride(store.pool, { ...given, body: { isEnabled: false } })
  await bench.follow(20, 40, leaderless)
  expect(await listAlerts(store, { limit: 10 })).toEqual([])
  expect(bench.told()).toEqual(['began no-leader main', 'ended no-leader main'])
})

test('alerts that nobody looks at are told by whoever watches, and end once somebody does', async () => {
  await using store = await openTestStore()
  const bench = await openBench(store)
  await bench.follow(0, 0)
  const changes: AlertChange[] = []
  const watch = (now = new Date()) =>
    watchOverAlerts(
      store,
      (_, { alerts }) => {
        changes.push(...alerts)
        return Promise.resolve()
      },
      now,
    )
  await watch()
  expect(changes).toEqual([])
  await store.pool.query(`update alert_engine_beat set evaluated_at = now() - interval '2 minutes'`)
  await watch()
  await watch()
  expect(changes).toMatchObject([{ kind: 'began', alert: { ruleId: 'alerts-stand-still', severity: 'critical' } }])
  // Whoever takes the cluster up leaves that alert to the watch.
  bench.restart()
  await bench.follow(100, 100)
  expect(await listAlerts(store, { limit: 10 })).toMatchObject([{ ruleId: 'alerts-stand-still', state: 'firing' }])
  await watch()
  expect(changes).toHaveLength(1)
  await watch(new Date(Date.now() + 121_000))
  expect(changes).toMatchObject([{ kind: 'began' }, { kind: 'ended' }])
  expect(await listIncidents(store, { limit: 10 })).toMatchObject([{ cause: 'console', closedAt: expect.any(Date) }])
})

test('a cluster that is forgotten leaves no alert that goes on', async () => {
  await using store = await openTestStore()
  const bench = await openBench(store)
  await bench.follow(0, 90, leaderless)
  await store.pool.query('delete from cluster')
  expect(await listAlerts(store, { limit: 10 })).toEqual([])
  expect(await listIncidents(store, { isOpen: true, limit: 10 })).toEqual([])
  expect(await listIncidents(store, { limit: 10 })).toHaveLength(1)
})

test('healthy for long is quiet but for notes', async () => {
  await using store = await openTestStore()
  const bench = await openBench(store)
  await bench.follow(0, 4_000, undefined, 50)
  const told = await listAlerts(store, { limit: 50 })
  expect(told.filter(({ ruleId }) => !notes.has(ruleId))).toEqual([])
})
