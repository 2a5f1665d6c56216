import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { expect, test } from 'vitest'
import { startTestAgent, type TestAgent } from '#server/adapters/agent/testing/test-agent.ts'
import { makeTestKey } from '#server/adapters/agent/testing/test-key.ts'
import { recordedFacts, recordedOutput } from '#server/adapters/pgbackrest/testing/recorded.ts'
import { readArchiver } from '#server/adapters/postgres/client.ts'
import { createAccess } from '#server/collector/access.ts'
import { clusterWith } from '#server/collector/testing.ts'
import { createLog } from '#server/log.ts'
import { putAgent } from '#server/store/agent-changes.ts'
import { readBackups } from '#server/store/backup-view.ts'
import { listen } from '#server/store/listen.ts'
import type { Notice } from '#server/store/notify.ts'
import type { Store } from '#server/store/open.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { BackupLooks } from './look-at-backups.ts'

const clusterId = randomUUID()
const key = makeTestKey()

test('a cluster with an agent is looked at, kept and told of, and not again before it is due or asked for', async () => {
  await using store = await openTestStore()
  await using agent = await recordedAgent()
  await prepare(store, agent)
  const ended = new AbortController()
  const heard: Notice[] = []
  await new Promise<void>((resolve) => {
    void listen(store.url, {
      signal: ended.signal,
      onNotice: (notice) => heard.push(notice),
      onState: (isReachable) => isReachable && resolve(),
    })
  })
  const looks = looksOf(store, ended.signal)
  await Promise.all(await looks.begin())
  // What is quickly seen is shown before the archive is listed, and that is due at once.
  expect(await readBackups(store, clusterId)).toMatchObject({ view: { node: 'pg-node-1', archive: null } })
  await Promise.all(await looks.begin())
  expect(await readBackups(store, clusterId)).toMatchObject({
    problem: null,
    view: {
      node: 'pg-node-1',
      stanzaName: 'main',
      problems: [],
      archive: {
        histories: [{ timeline: 2 }, {}],
        marks: expect.arrayContaining([
          { timeline: expect.any(Number), lsn: expect.any(Number), archivedAt: expect.any(Date) },
        ]),
      },
    },
  })
  await expect.poll(() => heard.length, { timeout: 60_000 }).toBe(2)
  expect(heard).toEqual([
    { kind: 'backups', clusterId },
    { kind: 'backups', clusterId },
  ])
  expect(await looks.begin()).toEqual([])
  looks.hear({ kind: 'agents', clusterId })
  expect(await Promise.all(await looks.begin())).toHaveLength(1)
  ended.abort()
})

test('where no agent answers the reason is kept, and a worker without the lease looks at nothing', async () => {
  await using store = await openTestStore()
  const agent = await recordedAgent()
  await prepare(store, agent)
  await agent[Symbol.asyncDispose]()
  const { signal } = new AbortController()
  await Promise.all(await looksOf(store, signal).begin())
  expect(await readBackups(store, clusterId)).toMatchObject({
    view: null,
    problem: expect.stringContaining(agent.address),
  })
  await store.pool.query(`update cluster_lease set executor_id = 'worker-2'`)
  expect(await looksOf(store, signal).begin()).toEqual([])
})

test('Postgres is asked how archiving stands by a role that has pg_monitor, and refuses one that has not', async () => {
  await using store = await openTestStore()
  const role = `watcher_${randomUUID().slice(0, 8)}`
  const admin = new pg.Client({ connectionString: store.adminUrl })
  await admin.connect()
  try {
    await admin.query(`create role ${role} login password 'x'`)
    const { hostname, port } = new URL(store.adminUrl)
    const access = { host: hostname, port: Number(port), database: 'postgres', who: 'pg-node-1' }
    const watcher = { ...access, user: role, password: 'x' }
    await expect(readArchiver(watcher)).rejects.toMatchObject({ kind: 'unauthorized' })
    await admin.query(`grant pg_monitor to ${role}`)
    expect(await readArchiver(watcher)).toMatchObject({
      failedCount: 0,
      waitingSegments: 0,
      archiveTimeoutSeconds: 0,
      walSegmentSizeBytes: 16_777_216,
    })
  } finally {
    await admin.query(`drop role if exists ${role}`)
    await admin.end()
  }
})

async function recordedAgent(): Promise<TestAgent> {
  const agent = Object.assign(await startTestAgent('pg-node-1'), { workerKey: key.publicKey })
  const recorded = { info: 'timelines', listing: 'timelines', world: 'timelines' }
  agent.doVerb = (path, args) =>
    path === '/v1/verbs/facts' ? recordedFacts('main') : recordedOutput(recorded, path, args)
  return agent
}

function looksOf(store: Store, signal: AbortSignal): BackupLooks {
  const log = createLog('test')
  log.level = 'silent'
  const accessOf = () => Promise.resolve(createAccess(clusterWith({}), {}))
  return new BackupLooks({ store, signingKey: key, executorId: 'worker-1', accessOf, log, signal })
}

async function prepare(store: Store, { id, address, pin }: TestAgent): Promise<void> {
  await store.pool.query(`insert into cluster (id, name, endpoints) values ($1, 'main', '{}')`, [clusterId])
  await store.pool.query(`insert into cluster_lease values ($1, 'worker-1', now() + interval '5 minutes')`, [clusterId])
  const agent = { id, clusterId, node: 'pg-node-1', address, certificatePin: pin }
  await putAgent(store.pool, { ...agent, identityKey: 'k', version: '1.0.0', enrolledBy: 'Mara' })
}
