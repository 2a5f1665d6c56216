import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { isEnded } from '#domain/operation/operation.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { AppError } from '#server/errors.ts'
import { createLog } from '#server/log.ts'
import { findOperation } from '#server/store/operations.ts'
import type { WorkerIdentity } from '#server/store/workers.ts'
import { launchEngine } from './engine.ts'
import { requestSwitchover } from '../request/request.ts'
import type { OperationSurroundings } from './surroundings.ts'
import { startUnderName } from './take-name.ts'
import { takeQueued } from './take-queued.ts'
import { recoverLeftWork } from './takeover.ts'
import { makeOperator } from '../testing/own-store.ts'
import { seedCluster, workerNamed } from '../testing/seed.ts'

let store: TestStore
let ada: AuditRecord['actor']
let self: WorkerIdentity
let stop: () => Promise<void>
let surroundings: OperationSurroundings

// The real engine, on a cluster that cannot be reached: every operation ends at its first step, and it ends right.
beforeAll(async () => {
  store = await openTestStore({ max: 10 })
  ada = await makeOperator(store)
  self = workerNamed('engine')
  await startUnderName(store, self)
  const log = createLog('test')
  log.level = 'silent'
  surroundings = {
    store,
    worker: self,
    accessTo: () => Promise.reject(new AppError('unreachable', 'There is no way to this cluster.')),
    log,
    now: () => new Date(),
    debugPoint: () => {},
    onFenced: () => {},
  }
  // So seldom that only what is told of is taken.
  stop = await launchEngine(surroundings, { pollMs: 3_600_000 })
})

afterAll(async () => {
  await stop()
  await store[Symbol.asyncDispose]()
})

test('an operation that cannot be carried out ends with its reason, one audit record and one event', async () => {
  const ended = await untilEnded(await ask('unreachable'))
  expect(ended).toMatchObject({
    state: 'failed',
    outcome: 'There is no way to this cluster. Nothing was sent to unreachable.',
    executor: 'engine',
    epoch: 1,
  })
  expect(ended.steps.map(({ state }) => state)).toEqual([
    'failed',
    'skipped',
    'skipped',
    'skipped',
    'skipped',
    'skipped',
  ])
  const { rows } = await store.pool.query(
    `select action, outcome, actor_name, detail->>'outcome' as says from audit_event where operation_id = $1 order by seq`,
    [ended.id],
  )
  expect(rows).toEqual([
    { action: 'switchover.request', outcome: 'requested', actor_name: 'Ada', says: null },
    {
      action: 'operations.switchover',
      outcome: 'failed',
      actor_name: 'Ada',
      says: 'There is no way to this cluster. Nothing was sent to unreachable.',
    },
  ])
  const events = await store.pool.query('select kind, severity from event where operation_id = $1', [ended.id])
  expect(events.rows).toEqual([{ kind: 'operation-ended', severity: 'warning' }])
})

test('what a dead worker had claimed is put back into the queue and run here', async () => {
  // As if a worker had claimed it and died before it did anything.
  const id = await askChanged('left-behind', 'dbos.workflow_status', {
    status: 'PENDING',
    executor_id: 'dead-worker',
    owner_xid: 'gone',
  })
  await takeQueued()
  expect((await findOperation(store, id))?.state).toBe('planned')
  expect(await recoverLeftWork(store)).toEqual(['dead-worker'])
  expect((await untilEnded(id)).state).toBe('failed')
  expect(await recoverLeftWork(store)).toEqual([])
})

test('an operation that waited too long for a worker is not begun any more', async () => {
  const tenMinutesAgo = new Date(Date.now() - 600_000).toISOString()
  const ended = await untilEnded(await askChanged('too-late', 'operation', { requested_at: tenMinutesAgo }))
  expect(ended.state).toBe('unknown')
  expect(ended.outcome).toContain('Nothing was sent')
  expect(ended.steps.every(({ startedAt }) => startedAt === null)).toBe(true)
})

test('a wish to cancel that came before any step ends the operation as cancelled', async () => {
  const ended = await untilEnded(await askChanged('cancelled', 'operation', { cancel_asked_by: 'Bob' }))
  expect(ended).toMatchObject({ state: 'cancelled', outcome: 'Bob cancelled it before anything was sent.' })
  expect(ended.steps.every(({ state }) => state === 'skipped')).toBe(true)
})

test.each([
  ['changed', { plan_hash: 'of another plan' }],
  ['renamed', { kind: 'schedule-switchover' }],
])('a plan that was %s after it was asked for is not carried out', async (name, change) => {
  const ended = await untilEnded(await askChanged(name, 'operation', change))
  expect(ended.state).toBe('unknown')
  expect(ended.outcome).toContain('The plan was changed')
  expect(ended.steps.every(({ state }) => state === 'skipped')).toBe(true)
})

test('steps that are not those of the plan are not done, though the worker knows them', async () => {
  const ended = await untilEnded(await askChanged('other-steps', 'operation_step', { name: 'ask' }))
  expect(ended.state).toBe('refused')
  expect(ended.outcome).toContain('are not those of its plan')
  expect(ended.steps.every(({ state }) => state === 'skipped')).toBe(true)
})

test.each([
  ['other-lane', { lane: 'rehearsal' }],
  ['other-cluster', { cluster_id: '5d0c9a3e-51f0-4f0a-9d3f-8e6f2a3b4c5d' }],
])('an operation that was put down in a place its plan is not for (%s) is not done', async (name, change) => {
  const ended = await untilEnded(await askChanged(name, 'operation', change))
  expect(ended.state).toBe('refused')
  expect(ended.outcome).toContain('the cluster or the lane')
  expect(ended.steps.every(({ state }) => state === 'skipped')).toBe(true)
})

test('what waits is taken when it is told of, together and once each, and not before', async () => {
  const ids = [await request('together-1'), await request('together-2')]
  await sleep(1_000)
  for (const id of ids) expect((await findOperation(store, id))?.state).toBe('planned')
  await Promise.all([takeQueued(), takeQueued(), takeQueued()])
  for (const id of ids) expect(await untilEnded(id)).toMatchObject({ state: 'failed', epoch: 1 })
})

test('an engine that starts takes what has waited at once', async () => {
  const id = await request('before-start')
  await stop()
  stop = await launchEngine(surroundings, { pollMs: 3_600_000 })
  expect(await untilEnded(id)).toMatchObject({ state: 'failed', epoch: 1 })
})

async function ask(name: string): Promise<string> {
  const id = await request(name)
  await takeQueued()
  return id
}

async function request(name: string): Promise<string> {
  const cluster = await seedCluster(store, name)
  const operation = await requestSwitchover(store, {
    actor: ada,
    cluster,
    kind: 'switchover',
    candidate: 'pg-node-1',
    scheduledAt: null,
    reason: 'kernel update of pg-node-3',
    confirmName: name,
    expected: { leader: 'pg-node-3', timeline: 4, systemIdentifier: null },
    idempotencyKey: null,
  })
  return operation.id
}

/** The same with columns of its row changed before the engine can see it. */
async function askChanged(name: string, table: string, columns: Record<string, string>): Promise<string> {
  const changes = Object.entries(columns).map(([column, value]) => `new.${column} := '${value}';`)
  await store.pool.query(
    `create function change_row() returns trigger language plpgsql as $$ begin ${changes.join(' ')} return new; end $$`,
  )
  await store.pool.query(
    `create trigger change_row before insert on ${table} for each row execute function change_row()`,
  )
  const id = await ask(name)
  await store.pool.query('drop function change_row() cascade')
  return id
}

async function untilEnded(id: string) {
  for (let tries = 0; tries < 500; tries += 1) {
    const operation = await findOperation(store, id)
    if (operation && isEnded(operation.state)) return operation
    await sleep(50)
  }
  throw new Error('The operation did not end within 25 s.')
}
