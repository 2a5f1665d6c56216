import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import { defaultTimetable } from '#domain/backup/backup-timetable.ts'
import { graceMs } from '#domain/backup/due-runs.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { createLog } from '#server/log.ts'
import { inTransaction } from '#server/store/open.ts'
import { runsSince, saveSchedule } from '#server/store/schedules.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { makeOperator } from '../testing/own-store.ts'
import { prepareEngine, seedCluster, showWorld } from '../testing/seed.ts'
import { requestBackup } from '../request/request-backup.ts'
import { settleSchedules } from './settle-all.ts'

let store: TestStore
const log = createLog('test')
log.level = 'silent'
// A Sunday: the full backup is due at 01:00, a differential one at the same hour of the days after.
const sunday = (hour: number, minute = 0) => new Date(Date.UTC(2026, 10, 22, hour, minute))
const at = (now: Date) => {
  vi.setSystemTime(now)
  return settleSchedules({ store, log, now, debugPoint: () => {} })
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  store = await openTestStore({ max: 10 })
  await prepareEngine(store)
})

afterAll(async () => {
  vi.useRealTimers()
  await store[Symbol.asyncDispose]()
})

/** A cluster whose schedule has been in force since Saturday at noon. */
async function scheduled(name: string, seenAt: Date, hasAgent = true): Promise<ClusterConfig> {
  vi.setSystemTime(seenAt)
  const cluster = await seedCluster(store, name, healthyWorld(seenAt))
  await inTransaction(store, (tx) =>
    saveSchedule(tx, { clusterId: cluster.id, kind: 'backup', body: defaultTimetable, isEnabled: true, setBy: 'Ada' }),
  )
  await store.pool.query('update schedule set set_at = $2 where cluster_id = $1', [cluster.id, sunday(-12)])
  if (hasAgent) await enrol(cluster, seenAt)
  return cluster
}

async function enrol({ id }: ClusterConfig, seenAt: Date): Promise<void> {
  await store.pool.query(
    `insert into agent (id, cluster_id, node, address, identity_key, certificate_pin, version, state, seen_at, stanza, vetoed, counter, enrolled_by)
     values (gen_random_uuid(), $1::uuid, 'pg-node-3', 'h:1', 'k' || $1::text, 'p', '1', 'enrolled', $2, 'main', '{}', 0, 'Ada')`,
    [id, seenAt],
  )
}

async function seeAnew(cluster: ClusterConfig, now: Date): Promise<void> {
  await store.pool.query('delete from latest_snapshot where cluster_id = $1', [cluster.id])
  await showWorld(store, cluster, healthyWorld(now))
  await store.pool.query('update agent set seen_at = $2 where cluster_id = $1', [cluster.id, now])
}

async function operationsOn({ id }: ClusterConfig) {
  const { rows } = await store.pool.query(
    `select actor_id, actor_name, reason, plan->>'type' as type, state from operation where cluster_id = $1 order by requested_at`,
    [id],
  )
  return rows
}

async function eventsOf({ id }: ClusterConfig): Promise<string[]> {
  const { rows } = await store.pool.query<{ told: string }>(
    `select kind || ': ' || sentence as told from event where cluster_id = $1 order by id`,
    [id],
  )
  return rows.map(({ told }) => told)
}

async function runsOf({ id }: ClusterConfig) {
  const runs = await runsSince(store.pool, id, sunday(-240))
  return runs.map(({ type, dueAt, state }) => `${type} ${dueAt.toISOString().slice(8, 13)} ${state}`)
}

test('a run that is due becomes one backup, whoever looks and however often', async () => {
  const cluster = await scheduled('once', sunday(1))
  await at(sunday(0, 59))
  expect(await operationsOn(cluster)).toEqual([])
  await Promise.all([at(sunday(1)), at(sunday(1)), at(sunday(1))])
  await at(sunday(1, 1))
  expect(await operationsOn(cluster)).toEqual([
    {
      actor_id: 'console',
      actor_name: "Matriarch's schedule",
      reason: 'Due at 2026-11-22 01:00:00 UTC by the schedule that Ada set at 2026-11-21 12:00:00 UTC.',
      type: 'full',
      state: 'planned',
    },
  ])
  expect(await runsOf(cluster)).toContain('full 22T01 begun')
  const { rows } = await store.pool.query(`select actor_kind, action, outcome from audit_event where cluster_id = $1`, [
    cluster.id,
  ])
  expect(rows).toEqual([{ actor_kind: 'console', action: 'backups.request', outcome: 'requested' }])
})

test('a worker that died between asking and keeping so leaves no second backup', async () => {
  const cluster = await scheduled('asked', sunday(1))
  await at(sunday(1))
  await store.pool.query(`update operation set state = 'succeeded', ended_at = now() where cluster_id = $1`, [
    cluster.id,
  ])
  await store.pool.query('delete from scheduled_run where cluster_id = $1', [cluster.id])
  await at(sunday(1, 1))
  expect(await operationsOn(cluster)).toHaveLength(1)
  expect(await runsOf(cluster)).toContain('full 22T01 begun')
})

test('what cannot begin waits, is told once, and begins as soon as it can', async () => {
  const cluster = await scheduled('later', sunday(1), false)
  await at(sunday(1))
  await at(sunday(1, 1))
  expect(await operationsOn(cluster)).toEqual([])
  expect(await eventsOf(cluster)).toEqual([
    expect.stringMatching(
      /^run-waiting: The full backup of later that was due at 2026-11-22 01:00:00 UTC cannot begin yet\. No agent is enrolled on pg-node-3.* It is tried again until 2026-11-22 05:00:00 UTC\.$/,
    ),
  ])
  await enrol(cluster, sunday(2))
  await seeAnew(cluster, sunday(2))
  await at(sunday(2))
  expect(await operationsOn(cluster)).toMatchObject([{ type: 'full' }])
  const refusals = await store.pool.query(`select 1 from audit_event where cluster_id = $1 and outcome = 'refused'`, [
    cluster.id,
  ])
  expect(refusals.rowCount).toBe(0)
})

test('while another backup runs a run waits for its end', async () => {
  const cluster = await scheduled('busy', sunday(1))
  const ada = await makeOperator(store, 'Ada')
  const agents = [
    { node: 'pg-node-3', state: 'enrolled', lockedReason: null, seenAt: sunday(1), problem: null, vetoed: [] },
  ] as const
  const wish = { type: 'incr', repository: 1, fromStandby: false, startFast: true, stanza: 'main' } as const
  await requestBackup(store, { actor: ada, cluster, wish, agents, reason: 'by hand', idempotencyKey: null })
  await at(sunday(1))
  expect((await eventsOf(cluster)).at(-1)).toContain('Ada has been taking a backup since')
  await store.pool.query(`update operation set state = 'succeeded', ended_at = now() where cluster_id = $1`, [
    cluster.id,
  ])
  await seeAnew(cluster, sunday(1, 2))
  await at(sunday(1, 2))
  expect(await operationsOn(cluster)).toMatchObject([{ type: 'incr' }, { type: 'full' }])
})

test('what nobody was there to begin is told as missed, and not begun days late', async () => {
  const tooLate = new Date(sunday(1).getTime() + graceMs + 60_000)
  const cluster = await scheduled('missed', tooLate)
  await store.pool.query('update schedule set set_at = $2 where cluster_id = $1', [cluster.id, sunday(-36)])
  await at(tooLate)
  await at(new Date(tooLate.getTime() + 60_000))
  expect(await operationsOn(cluster)).toEqual([])
  expect(await eventsOf(cluster)).toEqual([
    'run-missed: The full backup of missed that was due at 2026-11-22 01:00:00 UTC was missed: it did not begin within 4 h. No worker was there to begin it. So was the one before it.',
  ])
})

test('less late than its grace it is caught up', async () => {
  const late = new Date(sunday(1).getTime() + graceMs - 60_000)
  const cluster = await scheduled('late', late)
  await at(late)
  expect(await operationsOn(cluster)).toMatchObject([{ type: 'full' }])
})

test('a run whose operation was refused before anything was done is asked for anew after a while', async () => {
  const cluster = await scheduled('refused', sunday(1))
  await at(sunday(1))
  await store.pool.query(
    `update operation set state = 'refused', outcome = 'Another pgBackRest is at work.', ended_at = $2 where cluster_id = $1`,
    [cluster.id, sunday(1, 1)],
  )
  await at(sunday(1, 2))
  expect(await operationsOn(cluster)).toHaveLength(1)
  expect(await runsOf(cluster)).toContain('full 22T01 waiting')
  await seeAnew(cluster, sunday(1, 12))
  await at(sunday(1, 12))
  await at(sunday(1, 13))
  expect(await operationsOn(cluster)).toMatchObject([{ state: 'refused' }, { state: 'planned' }])
  expect(await runsOf(cluster)).toContain('full 22T01 begun')
})

test('a schedule that is not in force asks for nothing, and neither for what was due before it was set', async () => {
  const off = await scheduled('off', sunday(1))
  await store.pool.query('update schedule set is_enabled = false where cluster_id = $1', [off.id])
  const young = await scheduled('young', sunday(1))
  await store.pool.query('update schedule set set_at = $2 where cluster_id = $1', [young.id, sunday(1, 1)])
  await at(sunday(1, 2))
  expect([await operationsOn(off), await operationsOn(young)]).toEqual([[], []])
  expect(await eventsOf(young)).toEqual([])
})
