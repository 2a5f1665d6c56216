import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { createLog } from '#server/log.ts'
import { takeLeases } from '#server/store/leases.ts'
import { findOperation } from '#server/store/operations.ts'
import { beat, findWorker } from '#server/store/workers.ts'
import { beginRun, type Begun } from './begin.ts'
import { requestCancel } from '../request/cancel.ts'
import { checkFence, FencedError, type Run } from './fence.ts'
import { overdueMs } from './heartbeat.ts'
import { cancelAskedBy, enterStep, factsSoFar, holdOperation, keepProgress, leaveStep } from './journal.ts'
import { endOrphans } from './orphans.ts'
import { engine } from './queue.ts'
import { renewEpoch } from './renew-epoch.ts'
import { requestSwitchover } from '../request/request.ts'
import { leaveName, startUnderName } from './take-name.ts'
import { lookEveryMs, recoverLeftWork, retireOverdue, whatIsLeft } from './takeover.ts'
import { makeOperator } from '../testing/own-store.ts'
import { prepareEngine, seedCluster, workerNamed } from '../testing/seed.ts'

const log = createLog('test')
log.level = 'silent'

// Workers of earlier tests do not beat: on a slow machine they are overdue in later ones.
let store: TestStore
let ada: AuditRecord['actor']

beforeAll(async () => {
  store = await openTestStore({ max: 10 })
  await prepareEngine(store)
  ada = await makeOperator(store)
})

afterAll(() => store[Symbol.asyncDispose]())

test('a name belongs to one living process; one that has ended is replaced at once', async () => {
  const first = workerNamed('name')
  await startUnderName(store, first)
  const beating = setInterval(() => void beat(store, first), 100)
  await expect(startUnderName(store, workerNamed('name'))).rejects.toMatchObject({ code: 'conflict' })
  clearInterval(beating)

  await startUnderName(store, { ...workerNamed('ended'), pid: 2 ** 22 - 1, bootId: 'long-ago' })
  const startedAt = performance.now()
  await startUnderName(store, workerNamed('ended'))
  // One that may live is waited for until it is overdue.
  expect(performance.now() - startedAt).toBeLessThan(overdueMs / 2)
})

test('a peer finds a silent worker in time for the twelve seconds that are promised', () => {
  expect(overdueMs + lookEveryMs).toBeLessThan(12_000)
})

test('a silent worker is declared dead, and what it was running is fenced off', async () => {
  const { run } = await begunBy('silent')
  await checkFence(store, run)
  await silence('silent')
  expect(await retireOverdue(store, workerNamed('other'), log)).toContain('silent')

  expect((await findWorker(store.pool, 'silent'))?.state).toBe('dead')
  expect(await beat(store, run.worker)).toBe(false)
  await expect(checkFence(store, run)).rejects.toBeInstanceOf(FencedError)
  await expect(enterStep(store, run, { n: 1, act: 'look' })).rejects.toBeInstanceOf(FencedError)
  await expect(keepProgress(store, run, 1, { output: [], facts: {} })).rejects.toBeInstanceOf(FencedError)
  await expect(beginRun(store, run.worker, run.operationId)).rejects.toBeInstanceOf(FencedError)
  expect((await findOperation(store, run.operationId))?.epoch).toBe(run.epoch + 1)
})

test('one look tells whether another worker is silent for too long, and whether one left work', async () => {
  await using own = await openTestStore()
  await prepareEngine(own)
  const self = workerNamed('self')
  await startUnderName(own, self)
  await startUnderName(own, workerNamed('peer'))
  const silent = (name: string) =>
    own.pool.query(`update worker set heartbeat_at = now() - interval '1 hour' where executor_id = $1`, [name])
  await silent('self')
  expect(await whatIsLeft(own, self)).toEqual({ isSomebodyOverdue: false, isWorkLeft: false })
  await silent('peer')
  expect(await whatIsLeft(own, self)).toEqual({ isSomebodyOverdue: true, isWorkLeft: false })
  await own.pool.query(
    `insert into dbos.workflow_status (workflow_uuid, status, executor_id, application_version) values ('w', 'PENDING', 'peer', $1)`,
    [engine.applicationVersion],
  )
  expect(await whatIsLeft(own, self)).toMatchObject({ isWorkLeft: false })
  await retireOverdue(own, self, log)
  expect(await whatIsLeft(own, self)).toEqual({ isSomebodyOverdue: false, isWorkLeft: true })
})

test('the clusters of a worker that was declared dead are free at once, and it takes none again', async () => {
  const { run } = await begunBy('looker')
  const lease = { clusterIds: [run.clusterId], ttlMs: 60_000 }
  expect(await takeLeases(store, { ...lease, executorId: 'looker' })).toEqual([run.clusterId])
  expect(await takeLeases(store, { ...lease, executorId: 'other' })).toEqual([])
  await silence('looker')
  await retireOverdue(store, workerNamed('other'), log)
  expect(await takeLeases(store, { ...lease, executorId: 'looker' })).toEqual([])
  expect(await takeLeases(store, { ...lease, executorId: 'other' })).toEqual([run.clusterId])
})

test('of all who find a worker silent one declares it dead', async () => {
  const { run } = await begunBy('found-by-many')
  await silence('found-by-many')
  const retired = await Promise.all(['a', 'b', 'c', 'd'].map((name) => retireOverdue(store, workerNamed(name), log)))
  expect(retired.flat().filter((name) => name === 'found-by-many')).toHaveLength(1)
  expect((await findOperation(store, run.operationId))?.epoch).toBe(run.epoch + 1)
})

test('a worker that froze in the middle of a transaction does not hold up who takes over', async () => {
  const { run } = await begunBy('frozen')
  await using frozen = await heldBy(run)
  await silence('frozen')
  expect(await retireOverdue(store, workerNamed('other'), log)).toContain('frozen')
  await expect(frozen.query('commit')).rejects.toThrow(/terminat|idle|queryable/)
})

test('a worker that beats is left alone', async () => {
  const { run } = await begunBy('lively')
  expect(await retireOverdue(store, workerNamed('other'), log)).not.toContain('lively')
  await checkFence(store, run)
})

test('a run may draw itself the next epoch as long as it is the one that acts', async () => {
  const { run } = await begunBy('renewed')
  const before = { ...run }
  await renewEpoch(store, run)
  expect(run.epoch).toBe(before.epoch + 1)
  await checkFence(store, run)
  await expect(checkFence(store, before)).rejects.toBeInstanceOf(FencedError)
  await silence('renewed')
  await retireOverdue(store, workerNamed('other'), log)
  await expect(renewEpoch(store, run)).rejects.toBeInstanceOf(FencedError)
})

test('each run of an operation fences off the one before, also under the same name', async () => {
  const { run: first } = await begunBy('twice')
  const reborn = workerNamed('twice')
  await leaveName(store, first.worker)
  await startUnderName(store, reborn)
  const begun = await beginRun(store, reborn, first.operationId)
  const second = runOf(begun)
  expect(second.epoch).toBeGreaterThan(first.epoch)
  await expect(checkFence(store, first)).rejects.toBeInstanceOf(FencedError)
  await checkFence(store, second)
})

test('a step is begun once, entered again after a crash, and ends once', async () => {
  const { run } = await begunBy('steps')
  const step = { n: 3, act: 'effect' } as const
  expect(await enterStep(store, run, step)).toMatchObject({ kind: 'fresh', facts: {}, output: [] })
  const at = new Date('2026-11-23T12:00:00.000Z')
  await keepProgress(store, run, 3, { output: [{ at, line: 'asked' }], facts: { sends: 1, oldWritableAt: at } })
  expect(await enterStep(store, run, step)).toEqual({
    kind: 'again',
    facts: { sends: 1, oldWritableAt: at },
    output: [{ at, line: 'asked' }],
  })
  const outcome = { kind: 'done', detail: 'moved' } as const
  await leaveStep(store, run, 3, { outcome, output: [], facts: { sends: 1, newLeader: 'pg-node-1' } })
  expect(await enterStep(store, run, step)).toMatchObject({ kind: 'over', outcome })
  expect(await factsSoFar(store, run.operationId)).toEqual({ sends: 1, newLeader: 'pg-node-1' })
  const steps = (await findOperation(store, run.operationId))?.steps
  expect(steps?.[2]).toMatchObject({ name: 'ask', state: 'done', detail: 'moved' })
})

test('a wish to cancel is honoured at the next step', async () => {
  const { run } = await begunBy('cancelled')
  await requestCancel(store, { actor: ada, id: run.operationId, reason: 'changed my mind' })
  expect(await enterStep(store, run, { n: 3, act: 'effect' })).toMatchObject({
    kind: 'over',
    outcome: { kind: 'cancelled' },
  })
})

test('a wish to cancel that comes after an effect is left to the step that follows it', async () => {
  const { run } = await begunBy('cancelled-late')
  await requestCancel(store, { actor: ada, id: run.operationId, reason: 'changed my mind' })
  expect(await enterStep(store, run, { n: 4, act: 'look', isPastEffect: true })).toMatchObject({ kind: 'fresh' })
  expect(await cancelAskedBy(store, run)).toBe('Ada')
})

test('an operation that no worker takes up ends as unknown and frees its cluster', async () => {
  const cluster = await seedCluster(store, 'orphan')
  const { id } = await requestSwitchover(store, wish(cluster))
  expect(await endOrphans(store, log)).not.toContain(id)
  await store.pool.query(`update operation set requested_at = now() - interval '3 minutes' where id = $1`, [id])
  expect(await endOrphans(store, log)).toContain(id)

  const ended = await findOperation(store, id)
  expect(ended).toMatchObject({ state: 'unknown', steps: expect.arrayContaining([]) })
  expect(ended?.outcome).toContain('Nothing was sent')
  expect(ended?.steps.every(({ state }) => state === 'skipped')).toBe(true)
  await requestSwitchover(store, wish(cluster))
  const { rows } = await store.pool.query(`select kind from event where operation_id = $1`, [id])
  expect(rows).toEqual([{ kind: 'operation-ended' }])
  // A worker that comes for it later finds that it is over.
  await startUnderName(store, workerNamed('late'))
  expect(await beginRun(store, workerOf(await findWorker(store.pool, 'late')), id)).toEqual({ kind: 'over' })
})

test('an operation that the engine gave up ends as unknown with what to check', async () => {
  const { run } = await begunBy('given-up')
  await enterStep(store, run, { n: 1, act: 'look' })
  await store.pool.query(
    `update dbos.workflow_status set status = 'MAX_RECOVERY_ATTEMPTS_EXCEEDED' where workflow_uuid = $1`,
    [run.operationId],
  )
  expect(await endOrphans(store, log)).toContain(run.operationId)
  const ended = await findOperation(store, run.operationId)
  expect(ended?.state).toBe('unknown')
  expect(ended?.outcome).toContain('patronictl')
  await expect(checkFence(store, run)).rejects.toBeInstanceOf(FencedError)
})

test('what a worker of another version left is given up after a while, and nobody takes it up again and again', async () => {
  const { run } = await begunBy('other-version')
  await enterStep(store, run, { n: 1, act: 'look' })
  await claim(run, 'operations-0')
  await store.pool.query(`update worker set state = 'dead' where executor_id = 'other-version'`)
  expect(await recoverLeftWork(store)).not.toContain('other-version')
  expect(await endOrphans(store, log)).not.toContain(run.operationId)
  await silence('other-version', 601)
  expect(await endOrphans(store, log)).toContain(run.operationId)
  const ended = await findOperation(store, run.operationId)
  expect(ended?.state).toBe('unknown')
  expect(ended?.outcome).toContain('patronictl')
})

test('what was left under a name that another version bears now is given up as well', async () => {
  const { run } = await begunBy('upgraded')
  await claim(run, 'operations-0')
  await leaveName(store, run.worker)
  await startUnderName(store, workerNamed('upgraded'))
  expect(await endOrphans(store, log)).not.toContain(run.operationId)
  await store.pool.query(`update worker set started_at = now() - interval '601 s' where executor_id = 'upgraded'`)
  expect(await endOrphans(store, log)).toContain(run.operationId)
})

test('what a living worker of any version runs is left to it, however long it takes', async () => {
  const { run } = await begunBy('old-and-busy')
  await claim(run, 'operations-0')
  await store.pool.query(
    `update worker set application_version = 'operations-0', started_at = now() - interval '1 day' where executor_id = 'old-and-busy'`,
  )
  expect(await endOrphans(store, log)).not.toContain(run.operationId)
})

async function begunBy(workerId: string) {
  const cluster = await seedCluster(store, workerId)
  const { id } = await requestSwitchover(store, wish(cluster))
  const self = workerNamed(workerId)
  await startUnderName(store, self)
  const run = runOf(await beginRun(store, self, id))
  return { run }
}

function runOf(begun: Begun) {
  if (begun.kind !== 'begun') throw new Error('The operation was over.')
  return begun.run
}

function workerOf<T>(worker: T | null): T {
  if (worker === null) throw new Error('There is no such worker.')
  return worker
}

// What a process that is stopped by SIGSTOP leaves: a transaction that holds its operation and never goes on.
async function heldBy(run: Run): Promise<pg.PoolClient & AsyncDisposable> {
  const tx = await store.pool.connect()
  tx.on('error', () => {})
  await tx.query('begin')
  await holdOperation(tx, run)
  return Object.assign(tx, { [Symbol.asyncDispose]: async () => tx.release(true) })
}

async function silence(workerId: string, seconds = 11): Promise<void> {
  await store.pool.query(`update worker set heartbeat_at = now() - make_interval(secs => $2) where executor_id = $1`, [
    workerId,
    seconds,
  ])
}

// As the engine of a worker of that version has it, an hour after it began.
async function claim(run: Run, version: string): Promise<void> {
  await store.pool.query(
    `update dbos.workflow_status
        set status = 'PENDING', executor_id = $2, application_version = $3, updated_at = updated_at - 3600000
      where workflow_uuid = $1`,
    [run.operationId, run.worker.executorId, version],
  )
}

function wish(cluster: Awaited<ReturnType<typeof seedCluster>>) {
  return {
    actor: ada,
    cluster,
    kind: 'switchover',
    candidate: 'pg-node-1',
    scheduledAt: null,
    reason: 'kernel update of pg-node-3',
    confirmName: cluster.name,
    expected: { leader: 'pg-node-3', timeline: 4, systemIdentifier: null },
    idempotencyKey: null,
  } as const
}
