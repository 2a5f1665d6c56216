import type { ChildProcess } from 'node:child_process'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { AgentSight, BackupWish } from '#domain/plan/backup-plan.ts'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { findOperation } from '#server/store/operations.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { requestCancel } from './request/cancel.ts'
import { requestBackup } from './request/request-backup.ts'
import { requestSwitchover } from './request/request.ts'
import { serveAgent } from './testing/agent-over-http.ts'
import { until, untilEnded } from './testing/await-operation.ts'
import { makeOperator } from './testing/own-store.ts'
import { prepareEngine, seedCluster, showWorld } from './testing/seed.ts'
import { StandInAgent } from './testing/stand-in-agent.ts'
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

const boundaries = [
  'preflight:after-outcome',
  'ask:after-intent',
  'ask:before-send',
  'ask:after-effect',
  'ask:after-outcome',
  'follow:after-intent',
  'follow:after-outcome',
  'verify:after-outcome',
  'end:before',
]

test.each(boundaries)('a worker killed at %s leaves one backup, which ends right', slowly, async (point) => {
  await using console = await openConsole()
  const asked = await console.ask(`killed-at-${point.replace(':', '-')}`)
  const dying = startWorker(console.url, point)
  expect(await endOf(dying)).toBe('SIGKILL')
  startWorker(console.url)
  const operation = await untilEnded(store, asked)
  expect(operation).toMatchObject({
    state: 'succeeded',
    result: { label: '20261125-030000F', type: 'full', repository: 1, sizeBytes: 30_000_000, deltaBytes: 12_000_000 },
  })
  expect(operation.steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done'])
  expect(console.agent.begun).toBe(1)
  const lines = operation.steps[2]?.output.map(({ line }) => line).filter((line) => line.startsWith('backup '))
  expect(lines).toEqual(['backup begins', 'backup ends'])
  const { rows } = await store.pool.query(
    `select action || ' ' || outcome as entry from audit_event where operation_id = $1 order by seq`,
    [asked.id],
  )
  expect(rows.map(({ entry }) => entry)).toEqual(['backups.request requested', 'operations.backup done'])
  const events = await store.pool.query('select kind, member from event where operation_id = $1', [asked.id])
  expect(events.rows).toEqual([{ kind: 'operation-ended', member: 'pg-node-3' }])
})

test('a backup that runs holds up no switchover, and is cancelled at the agent', slowly, async () => {
  await using console = await openConsole()
  console.agent.run = { ...console.agent.run, ms: 600_000 }
  const asked = await console.ask('side-by-side')
  startWorker(console.url)
  await until(async () => (await stepOf(asked, 'follow')) === 'running')
  await expect(console.ask('side-by-side')).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('A cluster has one backup at a time.'),
  })
  await console.seeAnew('side-by-side')
  const { plan } = await requestSwitchover(store, {
    actor: ada,
    cluster: { id: asked.clusterId, name: asked.clusterName },
    kind: 'switchover',
    candidate: 'pg-node-1',
    scheduledAt: null,
    reason: 'the leader is ill',
    confirmName: asked.clusterName,
    expected: { leader: 'pg-node-3', timeline: 4, systemIdentifier: null },
    idempotencyKey: null,
  })
  expect(plan.warnings).toEqual([expect.stringMatching(/^A backup that Ada asked for .* is running from pg-node-3\./)])
  await requestCancel(store, { actor: ada, id: asked.id, reason: 'the night is over' })
  const operation = await untilEnded(store, asked)
  expect(operation).toMatchObject({ state: 'cancelled', result: null })
  expect(operation.outcome).toContain('Ada cancelled it, and pgBackRest on pg-node-3 has ended.')
  expect(console.agent).toMatchObject({ begun: 1, cancelled: 1 })
  await expect(requestCancel(store, { actor: ada, id: asked.id, reason: 'once more' })).rejects.toMatchObject({
    code: 'refused',
  })
})

const agents: AgentSight[] = [
  {
    node: 'pg-node-3',
    state: 'enrolled',
    lockedReason: null,
    seenAt: new Date(Date.now() + 3_600_000),
    problem: null,
    vetoed: [],
    stanza: 'main',
  },
]
const wish: BackupWish = { type: 'full', repository: 1, fromStandby: false, startFast: true, stanza: 'main' }

async function openConsole() {
  const agent = new StandInAgent('pg-node-3')
  const server = await serveAgent(agent)
  const known = new Map<string, ClusterConfig>()
  return {
    agent,
    url: server.url,
    async ask(name: string) {
      const cluster = known.get(name) ?? (await seedCluster(store, name))
      known.set(name, cluster)
      return requestBackup(store, {
        actor: ada,
        cluster,
        wish,
        agents,
        reason: 'before the upgrade',
        idempotencyKey: null,
      })
    },
    async seeAnew(name: string) {
      const cluster = known.get(name)
      if (!cluster) throw new Error(`${name} is not registered.`)
      await store.pool.query('delete from latest_snapshot where cluster_id = $1', [cluster.id])
      await showWorld(store, cluster, healthyWorld(new Date()))
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

async function stepOf({ id }: Operation, name: string) {
  const operation = await findOperation(store, id)
  return operation?.steps.find((step) => step.name === name)?.state
}

function startWorker(agentUrl: string, killAt = ''): ChildProcess {
  return workers.start('backup-worker', [store.url, agentUrl, 'worker', killAt])
}
