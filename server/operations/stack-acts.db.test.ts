import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { pausedLine } from '#agent/protocol/pooler.ts'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { StackPlan } from '#domain/plan/plan.ts'
import { planHaproxy } from '#domain/plan/plan-haproxy.ts'
import { planPooler } from '#domain/plan/plan-pooler.ts'
import { planSignal } from '#domain/plan/plan-signal.ts'
import type { PoolerAct } from '#domain/plan/pooler-plan.ts'
import { serverIn } from '#domain/stack/only-writer.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { madeAgents } from '#domain/testing/restore-case.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { createHaproxyControl } from '#server/adapters/haproxy/control.ts'
import type { LocalServer } from '#server/adapters/testing/local-server.ts'
import { startTestHaproxy, type TestHaproxy } from '#tools/testing/haproxy.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { requestStackAct } from './request/request-stack-act.ts'
import { serveAgent } from './testing/agent-over-http.ts'
import { untilEnded } from './testing/await-operation.ts'
import { makeOperator } from './testing/own-store.ts'
import { ScriptedAgent } from './testing/scripted-agent.ts'
import { prepareEngine, seedCluster } from './testing/seed.ts'
import { endOf, WorkerProcesses } from './testing/worker-processes.ts'

const app = `app_${randomBytes(4).toString('hex')}`
const workers = new WorkerProcesses()
let store: TestStore
let superuser: pg.Client
let ada: AuditRecord['actor']
let haproxy: TestHaproxy
let agent: ScriptedAgent
let agentServer: LocalServer

beforeAll(async () => {
  store = await openTestStore({ max: 10 })
  await prepareEngine(store)
  ada = await makeOperator(store)
  superuser = new pg.Client({ connectionString: inject('storeAdminUrl') })
  await superuser.connect()
  await superuser.query(`create role ${app} login password 'secret'`)
  haproxy = await startTestHaproxy()
  agent = new ScriptedAgent('pg-node-1')
  agentServer = await serveAgent({ answer: (...asked) => agent.answer(...asked) })
})

afterEach(() => workers.endAll())

afterAll(async () => {
  await agentServer[Symbol.asyncDispose]()
  await haproxy[Symbol.asyncDispose]()
  await superuser.query(`drop role ${app}`)
  await superuser.end()
  await store[Symbol.asyncDispose]()
})

const slowly = { timeout: 300_000 }

test.each([
  'preflight:after-outcome',
  'send:after-intent',
  'send:before-send',
  'send:after-send',
  'send:after-outcome',
  'end:before',
])('a worker killed at %s ends the session that was meant, and none beside it', slowly, async (point) => {
  await using meant = await session()
  await using beside = await session()
  const wish = { act: 'terminate', member: 'pg-node-1', pid: meant.pid, backendStart: meant.backendStart } as const
  const ended = await struckAt(point, 'signal-backend', (snapshot, now) =>
    planSignal({ snapshot, stack: null }, wish, now),
  )
  expect(ended).toMatchObject({ state: 'succeeded' })
  expect(await meant.ended).toBe('57P01')
  expect((await beside.client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
})

test(
  'a worker killed before a signal leaves alone what has the same pid and began at another moment',
  slowly,
  async () => {
    await using other = await session()
    const before = new Date(other.backendStart.getTime() - 1)
    const wish = { act: 'terminate', member: 'pg-node-1', pid: other.pid, backendStart: before } as const
    const ended = await struckAt('preflight:after-intent', 'signal-backend', (snapshot, now) =>
      planSignal({ snapshot, stack: null }, wish, now),
    )
    expect(ended).toMatchObject({ state: 'refused', outcome: expect.stringContaining('has ended by itself') })
    expect((await other.client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  },
)

test.each(['ask:after-intent', 'ask:before-send', 'ask:after-send', 'verify:after-outcome'])(
  'a worker killed at %s leaves the server drained',
  slowly,
  async (point) => {
    const control = createHaproxyControl({ url: haproxy.url, user: 'console', password: 'secret', caPem: null })
    const place = { proxy: 'primary', server: 'pg-node-1' }
    const server = async () => serverIn(await control.look(), place)
    await control.ask({ ...place, act: 'ready' })
    await expect.poll(async () => (await server())?.status, { timeout: 60_000 }).toBe('UP')
    const detail = await control.look()
    const looked = { value: detail, seenAt: new Date(), problem: null }
    const stack = { takenAt: new Date(), members: [], haproxy: looked, etcd: null }
    const ended = await struckAt(point, 'haproxy-command', (snapshot, now) =>
      planHaproxy({ snapshot, stack }, { ...place, act: 'drain' }, now),
    )
    expect(ended).toMatchObject({ state: 'succeeded' })
    expect((await server())?.admin).toBe('drain')
  },
)

test.each(['pause:after-intent', 'pause:after-effect', 'pause:after-outcome', 'hold:after-intent', 'end:before'])(
  'a worker killed at %s has had each pooler paused once, although somebody has resumed it by then',
  slowly,
  async (point) => {
    const times = { pausedAt: '2026-11-26T06:00:01Z', resumedAt: '2026-11-26T06:00:02Z' }
    const held = { result: { ...times, why: 'resumed' }, lines: [`${pausedLine}everything`], ms: 300 }
    const { ended, jobs } = await commandStruckAt(point, 'pause', held)
    expect(ended).toMatchObject({ state: 'succeeded' })
    expect(jobs).toEqual(['pooler-pause'])
    expect(ended.steps.at(-1)?.detail).toContain('pg-node-1 was resumed by somebody')
  },
)

test.each(['command:after-intent', 'command:after-effect', 'end:before'])(
  'a worker killed at %s has had clients cut off once',
  slowly,
  async (point) => {
    const { ended, jobs } = await commandStruckAt(point, 'kill', { result: { pooler: { databases: [] } } })
    expect(ended).toMatchObject({ state: 'succeeded' })
    expect(jobs).toEqual(['pooler-command'])
  },
)

/** The end of a command to the pooler, and the jobs that its agent began. */
async function commandStruckAt(point: string, act: PoolerAct, run: { result: unknown; lines?: string[]; ms?: number }) {
  agent = new ScriptedAgent('pg-node-1')
  const succeeded = () => ({ ...run, state: 'succeeded' as const })
  agent.runs = { 'pooler-pause': succeeded, 'pooler-command': succeeded }
  const wish = { act, node: 'pg-node-1', database: null, limitMs: act === 'pause' ? 20_000 : null }
  const kind = act === 'pause' ? 'pooler-pause' : 'pooler-command'
  const ended = await struckAt(point, kind, (snapshot, now) => {
    const agents = Object.values(madeAgents()).map((one) => ({ ...one, seenAt: now }))
    return planPooler({ snapshot, stack: null, agents }, wish, now)
  })
  return { ended, jobs: agent.done.map(({ verb }) => verb) }
}

/** How an operation ends whose worker was killed at that point and followed by another. */
async function struckAt(point: string, kind: StackPlan['kind'], planOf: (seen: Snapshot, now: Date) => StackPlan) {
  const name = `${kind} at ${point}`.replaceAll(/[^a-z]+/g, '-')
  const cluster: ClusterConfig = await seedCluster(store, name)
  const asked = await requestStackAct(store, {
    actor: ada,
    cluster,
    kind,
    reason: 'clients wait',
    confirm: name,
    idempotencyKey: null,
    action: 'stack.command',
    target: name,
    asked: {},
    isSameWish: () => false,
    plan: ({ snapshot, now }) => Promise.resolve({ plan: planOf(snapshot, now), excluded: null }),
  })
  // One that comes to its end past the point, or without it, does not die there.
  const past = untilEnded(store, asked).then(({ state, outcome }) => `ended ${state}: ${outcome}`)
  expect(await Promise.race([endOf(startWorker(point)), past])).toBe('SIGKILL')
  startWorker()
  return untilEnded(store, asked)
}

function startWorker(killAt = '') {
  return workers.start('stack-worker', [store.url, inject('storeAdminUrl'), haproxy.url, agentServer.url, killAt])
}

/** A session of a client that is no superuser; `ended` is the code with which the server ended it. */
async function session() {
  const { hostname, port } = new URL(store.url)
  const client = new pg.Client({
    host: hostname,
    port: Number(port),
    user: app,
    password: 'secret',
    database: 'postgres',
  })
  const ended = new Promise<string>((resolve) => {
    client.on('error', (error) => resolve('code' in error ? String(error.code) : error.message))
  })
  await client.connect()
  const { rows } = await client.query<{ pid: number; backendStart: Date }>(
    'select pid, backend_start as "backendStart" from pg_stat_activity where pid = pg_backend_pid()',
  )
  const [name] = rows
  if (name === undefined) throw new Error('A session sees itself.')
  return { client, ...name, ended, [Symbol.asyncDispose]: () => client.end().catch(() => {}) }
}
