import type { ChildProcess } from 'node:child_process'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { rehearsalResultOf } from '#domain/operation/operation.ts'
import type { RehearsalWish } from '#domain/plan/rehearsal-plan.ts'
import { madeBackups, madeView } from '#domain/testing/restore-case.ts'
import { minute } from '#domain/testing/backup-made.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { saveBackups } from '#server/store/backup-view.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { requestCancel } from './request/cancel.ts'
import { requestRehearsal } from './request/request-rehearsal.ts'
import { requestRelease } from './request/request-release.ts'
import { serveAgent } from './testing/agent-over-http.ts'
import { until, untilEnded } from './testing/await-operation.ts'
import { makeOperator } from './testing/own-store.ts'
import { recovered, wellAgent } from './testing/rehearsal-stage.ts'
import type { ScriptedAgent } from './testing/scripted-agent.ts'
import { prepareEngine, seedCluster } from './testing/seed.ts'
import { listedBackup, printed } from './testing/stand-in-agent.ts'
import { endOf, WorkerProcesses } from './testing/worker-processes.ts'

let store: TestStore
let ada: AuditRecord['actor']
const workers = new WorkerProcesses()

beforeAll(async () => {
  store = await openTestStore({ max: 10 })
  await prepareEngine(store)
  ada = await makeOperator(store)
})

afterEach(() => workers.endAll())

afterAll(() => store[Symbol.asyncDispose]())

const slowly = { timeout: 300_000 }
const done = ({ done: asked }: ScriptedAgent, verb: string) => asked.filter((one) => one.verb === verb)

test('a worker killed on the way leaves one rehearsal, whose file is let go later', slowly, async () => {
  await using console = await openConsole('killed')
  const asked = await console.ask({ extract: { database: 'shop', schema: 'sales', table: null } })
  const dying = startWorker(console.url, 'recover:after-intent')
  expect(await endOf(dying)).toBe('SIGKILL')
  startWorker(console.url)
  const operation = await untilEnded(store, asked)
  expect(operation).toMatchObject({ state: 'succeeded', steps: expect.any(Array) })
  expect(operation.steps.map(({ name, state }) => `${name} ${state}`)).toEqual(
    ['preflight', 'restore', 'recover', 'inspect', 'extract', 'destroy', 'report'].map((name) => `${name} done`),
  )
  expect(rehearsalResultOf(operation.result)).toMatchObject({ isGood: true, extract: { name: asked.id } })
  for (const verb of ['rehearsal-restore', 'rehearsal-start', 'rehearsal-dump', 'rehearsal-discard']) {
    expect(done(console.agent, verb)).toHaveLength(1)
  }
  const released = await requestRelease(store, {
    actor: ada,
    cluster: console.cluster,
    of: operation,
    agents: console.agents,
    reason: 'it was fetched',
    confirmName: console.cluster.name,
    idempotencyKey: null,
  })
  console.agent.calls['data-kept'] = (_, agent) => ({
    aside: [],
    rehearsals:
      done(agent, 'rehearsal-discard').length > 1 ? [] : [{ name: asked.id, hasFile: true, isRunning: false }],
    freeBytes: 1,
  })
  expect(await untilEnded(store, released)).toMatchObject({ state: 'succeeded' })
  expect(done(console.agent, 'rehearsal-discard').at(-1)?.args).toEqual({ name: asked.id, keepsFile: false })
})

test('one that missed its target fails with its report, and is cleared up', slowly, async () => {
  await using console = await openConsole('missed')
  console.agent.calls['rehearsal-status'] = () => ({ ...recovered, stoppedAt: null })
  const asked = await console.ask({})
  startWorker(console.url)
  const operation = await untilEnded(store, asked)
  expect(operation).toMatchObject({ state: 'failed', outcome: expect.stringContaining('did not stop at') })
  expect(operation.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'preflight done',
    'restore done',
    'recover done',
    'inspect failed',
    'destroy skipped',
    'report skipped',
    'destroy~2 done',
    'report~2 failed',
  ])
  expect(rehearsalResultOf(operation.result)).toMatchObject({ isGood: false, attempt: { isOnTarget: false } })
  expect(done(console.agent, 'rehearsal-discard')).toHaveLength(1)
})

test('one that is called off ends its job and is cleared up', slowly, async () => {
  await using console = await openConsole('called-off')
  console.agent.runs['rehearsal-restore'] = () => ({ state: 'succeeded', ms: 600_000 })
  const asked = await console.ask({})
  startWorker(console.url)
  await until(() => Promise.resolve(done(console.agent, 'rehearsal-restore').length > 0))
  await requestCancel(store, { actor: ada, id: asked.id, reason: 'not tonight' })
  const operation = await untilEnded(store, asked)
  expect(operation).toMatchObject({ state: 'cancelled', outcome: expect.stringContaining('called off') })
  expect(done(console.agent, 'rehearsal-discard')).toHaveLength(1)
})

async function openConsole(name: string) {
  const agent = wellAgent('pg-node-3')
  agent.calls['pgbackrest-info'] = () =>
    printed([
      {
        name: 'main',
        status: { code: 0, message: 'ok' },
        backup: madeBackups.map(({ label }) => listedBackup(label, 'full')),
      },
    ])
  // As Postgres would tell it of the target below.
  const at = (ms: number) => `${new Date(minute(9).getTime() + ms).toISOString().replace('T', ' ').slice(0, 23)}000+00`
  const status = {
    ...recovered,
    stoppedAt: { how: 'before commit', xid: '732', time: at(500) },
    lastCompletedAt: at(-500),
  }
  agent.calls['rehearsal-status'] = () => status
  agent.runs['rehearsal-start'] = () => ({ state: 'succeeded', result: status })
  const server = await serveAgent(agent)
  const cluster = await seedCluster(store, name)
  const view = madeView()
  const collector = { clusterId: cluster.id, executorId: 'collector' }
  await store.pool.query(`insert into cluster_lease values ($1, $2, now() + interval '1 minute')`, [
    collector.clusterId,
    collector.executorId,
  ])
  await saveBackups(store, { ...collector, look: { view }, at: new Date() })
  const sight = { state: 'enrolled', lockedReason: null, problem: null, vetoed: [], stanza: 'main' } as const
  const agents = [{ ...sight, node: agent.node, seenAt: new Date(Date.now() + 3_600_000) }]
  return {
    agent,
    agents,
    cluster,
    url: server.url,
    ask: (wish: Partial<RehearsalWish>) =>
      requestRehearsal(store, {
        actor: ada,
        cluster,
        agents,
        wish: {
          target: { type: 'time', at: minute(9), timeline: null },
          repository: null,
          node: agent.node,
          check: null,
          verifiesPages: false,
          extract: null,
          ...wish,
        },
        reason: 'the quarterly proof',
        idempotencyKey: null,
      }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

function startWorker(agentUrl: string, killAt = ''): ChildProcess {
  return workers.start('backup-worker', [store.url, agentUrl, 'worker', killAt])
}
