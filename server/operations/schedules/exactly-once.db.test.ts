import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { BackupTimetable } from '#domain/backup/backup-timetable.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { inTransaction } from '#server/store/open.ts'
import { saveSchedule } from '#server/store/schedules.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { serveAgent } from '../testing/agent-over-http.ts'
import { until } from '../testing/await-operation.ts'
import { prepareEngine, seedCluster, showWorld } from '../testing/seed.ts'
import { StandInAgent } from '../testing/stand-in-agent.ts'
import { endOf, WorkerProcesses } from '../testing/worker-processes.ts'

let store: TestStore
const workers = new WorkerProcesses()
const looks = new Set<NodeJS.Timeout>()

beforeAll(async () => {
  store = await openTestStore({ max: 10 })
  await prepareEngine(store)
})

afterEach(async () => {
  for (const look of looks) clearInterval(look)
  looks.clear()
  await workers.endAll()
})

afterAll(() => store[Symbol.asyncDispose]())

const slowly = { timeout: 360_000 }
const withinMs = 240_000

test.each(['schedules:before', 'schedules:after-request', 'ask:before-send'])(
  'a worker killed at %s leaves one backup by the schedule',
  slowly,
  async (point) => {
    const agent = new StandInAgent('pg-node-3')
    await using server = await serveAgent(agent)
    const clusterId = await dueNow(`killed-${point.replace(':', '-')}`)
    const dying = startWorker(server.url, 'one', point)
    expect(await endOf(dying)).toBe('SIGKILL')
    startWorker(server.url, 'one')
    startWorker(server.url, 'two')
    await until(async () => (await statesOf(clusterId)).includes('succeeded'), withinMs)
    // Both go on to look each second.
    await sleep(3_000)
    expect(await statesOf(clusterId)).toEqual(['succeeded'])
    expect(agent.begun).toBe(1)
    const { rows } = await store.pool.query('select type, state from scheduled_run where cluster_id = $1', [clusterId])
    expect(rows).toEqual([{ type: 'full', state: 'begun' }])
  },
)

test(
  'the only worker, killed right after it has asked, makes the backup when it is back after a while',
  slowly,
  async () => {
    const agent = new StandInAgent('pg-node-3')
    await using server = await serveAgent(agent)
    const clusterId = await dueNow('back-after-a-while')
    const dying = startWorker(server.url, 'one', 'schedules:after-request')
    expect(await endOf(dying)).toBe('SIGKILL')
    expect(await statesOf(clusterId)).toEqual(['planned'])
    await store.pool.query(`update operation set requested_at = now() - interval '1 hour' where cluster_id = $1`, [
      clusterId,
    ])
    startWorker(server.url, 'one')
    await until(
      async () => (await statesOf(clusterId)).some((state) => !['planned', 'running'].includes(state)),
      withinMs,
    )
    expect(await statesOf(clusterId)).toEqual(['succeeded'])
    expect(agent.begun).toBe(1)
  },
)

test('two workers that live make one backup', slowly, async () => {
  const agent = new StandInAgent('pg-node-3')
  await using server = await serveAgent(agent)
  startWorker(server.url, 'one')
  startWorker(server.url, 'two')
  const clusterId = await dueNow('two-workers')
  await until(async () => (await statesOf(clusterId)).includes('succeeded'), withinMs)
  await sleep(3_000)
  expect(await statesOf(clusterId)).toEqual(['succeeded'])
  expect(agent.begun).toBe(1)
})

/** A cluster one of whose backups fell due in this minute; those of other tests are asked for nothing more. */
async function dueNow(name: string): Promise<string> {
  await store.pool.query('delete from schedule')
  const now = new Date()
  const cluster = await seedCluster(store, name, healthyWorld(now))
  await store.pool.query(
    `insert into agent (id, cluster_id, node, address, identity_key, certificate_pin, version, state, seen_at, stanza, enrolled_by)
     values (gen_random_uuid(), $1::uuid, 'pg-node-3', 'h:1', 'k' || $1::text, 'p', '1', 'enrolled', now() + interval '1 hour', 'main', 'Ada')`,
    [cluster.id],
  )
  const weekdays = [0, 1, 2, 3, 4, 5, 6]
  const runs: BackupTimetable['runs'] = [
    { type: 'full', weekdays, hour: now.getUTCHours(), minute: now.getUTCMinutes() },
  ]
  const body = { runs, repository: 1, fromStandby: false }
  await inTransaction(store, (tx) =>
    saveSchedule(tx, { clusterId: cluster.id, kind: 'backup', body, isEnabled: true, setBy: 'Ada' }),
  )
  await store.pool.query(`update schedule set set_at = now() - interval '5 minutes' where cluster_id = $1`, [
    cluster.id,
  ])
  // Workers of the test look at no cluster themselves.
  const look = async () => {
    await store.pool.query('delete from latest_snapshot where cluster_id = $1', [cluster.id])
    await showWorld(store, cluster, healthyWorld(new Date()))
  }
  looks.add(setInterval(() => void look().catch(() => {}), 1_000))
  return cluster.id
}

async function statesOf(clusterId: string): Promise<string[]> {
  const { rows } = await store.pool.query<{ state: string }>('select state from operation where cluster_id = $1', [
    clusterId,
  ])
  return rows.map(({ state }) => state)
}

function startWorker(agentUrl: string, name: string, killAt = ''): ChildProcess {
  return workers.start('backup-worker', [store.url, agentUrl, name, killAt, '* * * * * *'])
}
