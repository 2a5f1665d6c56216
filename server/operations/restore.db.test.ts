import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Operation } from '#domain/operation/operation.ts'
import type { WayKind } from '#domain/operation/question.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { findOperation } from '#server/store/operations.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { requestCancel } from './request/cancel.ts'
import { requestBackup } from './request/request-backup.ts'
import { requestDecision } from './request/request-decision.ts'
import { requestOperation } from './request/request-operation.ts'
import { restorePlan } from './restore/testing/restore-plan.ts'
import { forgeDecision } from './testing/forge-decision.ts'
import { until, untilEnded, untilOperation } from './testing/await-operation.ts'
import { makeOperator } from './testing/own-store.ts'
import { prepareEngine, seedCluster } from './testing/seed.ts'
import { endOf, WorkerProcesses } from './testing/worker-processes.ts'

let store: TestStore
let ada: AuditRecord['actor']
const folder = mkdtempSync(join(tmpdir(), 'matriarch-restore-'))
const workers = new WorkerProcesses()

beforeAll(async () => {
  store = await openTestStore({ max: 10 })
  await prepareEngine(store)
  ada = await makeOperator(store)
})

afterEach(() => workers.endAll())

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await store[Symbol.asyncDispose]()
})

const slowly = { timeout: 300_000 }
const planned =
  'preflight archive-works mask fence archive stop-replicas stop-leader prove-down clear-dcs set-aside restore recover inspect'
const committed = 'promote adopt open release archive-proof rebuild-replica~1 rebuild-replica~2 backup verify'

test.each([
  'restore:after-effect',
  'decide:after-intent',
  'decide:after-outcome',
  'promote:before-intent',
  'open:after-effect',
  'verify:after-outcome',
])('a worker killed at %s is followed by one that goes the same way to its end', slowly, async (point) => {
  const asked = await ask(point.replace(':', '-'))
  const dying = startWorker(asked, point)
  if (!/^restore|decide:after-intent/.test(point)) await answer(await untilAsked(asked), 'commit')
  expect(await endOf(dying)).toBe('SIGKILL')
  startWorker(asked)
  if (/^restore|decide:after-intent/.test(point)) await answer(await untilAsked(asked), 'commit')
  const operation = await untilEnded(store, asked)
  expect(operation.state).toBe('succeeded')
  expect(operation.steps.map(({ name, state }) => `${name} ${state}`)).toEqual(
    `${planned} decide ${committed}`.split(' ').map((name) => `${name} done`),
  )
  const [killed = ''] = point.split(':')
  // An effect is entered once more where its end was not told, and finds itself done: agents see to that.
  expect(timesOf(asked).filter(([name, times]) => times > 1 && name !== killed)).toEqual([])
})

test(
  'a question outlives the worker that asked it, with its moment, and a second answer comes too late',
  slowly,
  async () => {
    const asked = await ask('question')
    const first = startWorker(asked)
    const { question } = await untilAsked(asked)
    expect(question).toMatchObject({ step: 14, ways: [{ kind: 'commit' }, { kind: 'move' }, { kind: 'abandon' }] })
    await expect(requestCancel(store, { actor: ada, id: asked.id, reason: 'enough of it' })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('Decide instead: "Make it final"'),
    })
    first.kill('SIGKILL')
    startWorker(asked)
    await until(async () => ((await findOperation(store, asked.id))?.epoch ?? 0) > asked.epoch + 1)
    const again = await untilAsked(asked)
    expect(again.question?.askedAt).toEqual(question?.askedAt)
    await expect(decideOn(again, 'retry')).rejects.toMatchObject({ code: 'refused' })
    await expect(decideOn(again, 'commit', 2)).rejects.toMatchObject({
      code: 'refused',
    })
    await decideOn(again, 'abandon')
    await expect(decideOn(again, 'commit')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Ada has decided'),
    })
    expect(await untilEnded(store, asked)).toMatchObject({
      decisions: [{ step: 14, way: 'abandon', by: 'Ada', reason: 'the test says so' }],
    })
    const { rows } = await store.pool.query<{ entry: string }>(
      `select action || ' ' || outcome as entry from audit_event where operation_id = $1 and action = 'operations.decide' order by seq`,
      [asked.id],
    )
    expect(rows.map(({ entry }) => entry.split(' ')[1])).toEqual(['refused', 'refused', 'requested', 'refused'])
  },
)

test('a step that failed is tried again, and then the old cluster comes back', slowly, async () => {
  const asked = await ask('cancelled')
  startWorker(asked, '', 'stop-leader')
  const operation = await untilAsked(asked)
  expect(operation.question?.sentence).toContain('stop-leader was to fail.')
  await answer(operation, 'retry')
  await answer(await untilAskedAfter(operation), 'abandon')
  const end = await untilEnded(store, asked)
  const run = end.steps.filter(({ state }) => state === 'done').map(({ name }) => name)
  expect(run).toContain('stop-leader~2')
  expect(run.at(-1)).toBe('verify-return')
})

test(
  'a decision that was made by somebody who left before it was taken up is asked for once more',
  slowly,
  async () => {
    const asked = await ask('withdrawn')
    const first = startWorker(asked)
    const asking = await untilAsked(asked)
    first.kill('SIGKILL')
    await endOf(first)
    const bob = await makeOperator(store, 'Bob')
    await requestDecision(store, {
      actor: bob,
      id: asked.id,
      step: asking.question?.step ?? 0,
      way: 'commit',
      target: null,
      reason: 'the test says so',
    })
    await store.pool.query('update app_user set disabled_at = now() where id::text = $1', [bob.id])
    startWorker(asked)
    const again = await untilAskedAfter(asking)
    expect(again.question?.sentence).toContain('has been disabled since. The decision is not followed.')
    expect(again.question?.ways.map(({ kind }) => kind)).toContain('commit')
  },
)

test('a decision that the question does not offer, or to a target that is none, is not followed', slowly, async () => {
  const asked = await ask('forged')
  startWorker(asked, '', 'recover')
  const first = await untilAsked(asked)
  expect(first.question?.ways.map(({ kind }) => kind)).toEqual(['retry', 'move', 'abandon', 'leave'])
  await forgeDecision(store, ada, first, { way: 'commit', target: null })
  const second = await untilAskedAfter(first)
  expect(second.question?.sentence).toContain('was not offered')
  expect(second.question?.sentence).toContain('"Bring the old cluster back"')
  const yesterday = { type: 'time', at: 'yesterday', timeline: null }
  await forgeDecision(store, ada, second, { way: 'move', target: yesterday })
  const third = await untilAskedAfter(second)
  expect(third.question?.sentence).toContain('no target of a recovery')
  await forgeDecision(store, ada, third, { way: 'pass', target: null })
  const fourth = await untilAskedAfter(third)
  expect(fourth.question?.sentence).toContain('The way "pass" was not offered')
  await answer(fourth, 'abandon')
  expect((await untilEnded(store, asked)).steps.at(-1)).toMatchObject({ name: 'verify-return', state: 'done' })
  expect(timesOf(asked).map(([name]) => name)).not.toContain('promote')
})

test('while a cluster is recovered nobody backs it up', slowly, async () => {
  const asked = await ask('no-backup')
  const wish = { type: 'full', repository: 1, fromStandby: false, startFast: true, stanza: 'main' } as const
  const cluster = { id: asked.clusterId, name: asked.clusterName }
  const backup = requestBackup(store, {
    actor: ada,
    cluster,
    wish,
    agents: [],
    reason: 'every night',
    idempotencyKey: null,
  })
  await expect(backup).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('Ada is recovering') })
})

async function ask(name: string): Promise<Operation> {
  const cluster = await seedCluster(store, `restore-${name}`)
  const plan = restorePlan({ clusterId: cluster.id, clusterName: cluster.name })
  return requestOperation(store, {
    actor: ada,
    cluster,
    kind: 'restore',
    reason: 'rows were dropped',
    idempotencyKey: null,
    action: 'restores.request',
    target: cluster.name,
    asked: {},
    isSameWish: () => false,
    plan: () => Promise.resolve({ plan, drift: null }),
  })
}

function decideOn({ id, question }: Operation, way: WayKind, step = question?.step ?? 0): Promise<Operation> {
  return requestDecision(store, {
    actor: ada,
    id,
    step,
    way,
    target: null,
    reason: 'the test says so',
  })
}

async function answer(operation: Operation, way: WayKind): Promise<void> {
  await decideOn(operation, way)
}

/** How often each step was entered. */
function timesOf({ id }: Operation): [string, number][] {
  const times = new Map<string, number>()
  for (const step of readFileSync(join(folder, id), 'utf8').trim().split('\n'))
    times.set(step, (times.get(step) ?? 0) + 1)
  return [...times]
}

function startWorker({ id }: Operation, killAt = '', failing = ''): ChildProcess {
  return workers.start('restore-worker', [store.url, join(folder, id), `w-${id}`, killAt, failing])
}

function untilAsked(asked: Operation): Promise<Operation> {
  return untilOperation(store, asked, ({ question }) => question !== null)
}

function untilAskedAfter(before: Operation): Promise<Operation> {
  return untilOperation(store, before, ({ question }) => (question?.step ?? 0) > (before.question?.step ?? 0))
}
