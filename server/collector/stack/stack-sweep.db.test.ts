import { randomBytes } from 'node:crypto'
import type { RequestListener } from 'node:http'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { fixture } from '#server/adapters/testing/fixture.ts'
import { serveHttp, serveTcp, type LocalServer } from '#server/adapters/testing/local-server.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { createLog } from '#server/log.ts'
import { takeLeases } from '#server/store/leases.ts'
import { readStack } from '#server/store/stack-view.ts'
import { startTestPooler } from '#tools/testing/pooler.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { createAccess } from '../access.ts'
import { ClusterCollector } from '../collector.ts'
import { clusterWith } from '../testing.ts'

const log = createLog('test')
log.level = 'silent'
const patience = { timeout: 60_000 }

/** A member of Patroni as recorded, whose Postgres is the one of these tests. */
function member(postgresPort: number): RequestListener {
  return (request, response) => {
    const name =
      request.url === '/patroni' || request.url === '/cluster'
        ? `node-3-${request.url.slice(1)}`
        : request.url?.slice(1)
    const body = fixture(`patroni/fixtures/3.0.2-${name}.json`)
      .replaceAll('10.0.1.12:8008', request.headers.host ?? '')
      .replaceAll(/10\.0\.1\.1\d:8008/g, '127.0.0.1:1')
      .replaceAll('5432', String(postgresPort))
    response.end(body.replace(/"dcs_last_seen": \d+/, `"dcs_last_seen": ${Math.floor(Date.now() / 1000)}`))
  }
}

/** A role that has pg_monitor until the end of the block. */
async function monitor(user = `monitor_${randomBytes(4).toString('hex')}`, password = 'secret') {
  const superuser = new pg.Client({ connectionString: inject('storeAdminUrl') })
  await superuser.connect()
  await superuser.query(`create role ${user} login password '${password}'; grant pg_monitor to ${user}`)
  return {
    user,
    password,
    sql: (text: string) => superuser.query(text),
    async [Symbol.asyncDispose]() {
      await superuser.query(`drop role ${user}`)
      await superuser.end()
    },
  }
}

async function collecting(
  store: TestStore,
  given: { patroni: LocalServer; role: { user: string; password: string }; poolerPort?: number },
) {
  const { rows } = await store.pool.query<{ id: string }>(
    `insert into cluster (name, endpoints) values ('orders', '{}') returning id`,
  )
  const id = rows[0]?.id ?? ''
  await takeLeases(store, { executorId: 'worker-1', clusterIds: [id], ttlMs: 120_000 })
  const endpoints = {
    patroniUrls: [given.patroni.url],
    postgresUser: given.role.user,
    poolerPort: given.poolerPort ?? null,
  }
  const places = [new URL(given.patroni.url).hostname]
  const collector = new ClusterCollector({
    access: createAccess(clusterWith(endpoints, { id, scope: 'postgres-cluster' }), {
      'postgres-password': { value: given.role.password, places },
    }),
    store,
    executorId: 'worker-1',
    previous: null,
    previousStack: null,
    onLost: () => {},
    log,
  })
  const told: StackView[] = []
  collector.onStack((view) => told.push(view))
  collector.start()
  return { id, told, [Symbol.asyncDispose]: () => collector.stop() }
}

test('the layers are looked at, kept and sampled, and a pooler that hangs delays nobody', async () => {
  await using store = await openTestStore()
  await using role = await monitor()
  await using patroni = await serveHttp(member(Number(new URL(store.url).port)))
  await using hanging = await serveTcp(() => {})
  await using run = await collecting(store, { patroni, role, poolerPort: hanging.port })
  const kept = async () => (await readStack(store, run.id))?.members.find(({ name }) => name === 'pg-node-3')
  await expect.poll(kept, patience).toMatchObject({ postgres: { value: { inRecovery: false }, problem: null } })
  await expect.poll(kept, patience).toMatchObject({ pooler: { value: null, problem: { kind: 'timeout' } } })
  const samples = async () => {
    const { rows } = await store.pool.query<{ kind: string }>(
      'select distinct kind from sample join sample_series on id = series_id',
    )
    return rows.map(({ kind }) => kind).toSorted()
  }
  await expect.poll(samples, patience).toEqual(['cluster', 'member'])
  const seen = run.told.flatMap(({ members }) => members.flatMap(({ postgres }) => postgres?.seenAt?.getTime() ?? []))
  const moments = [...new Set(seen)]
  await expect
    .poll(async () => (await kept())?.postgres?.seenAt?.getTime(), patience)
    .toBeGreaterThan(moments.at(-1) ?? 0)
  const taken = run.told.map(({ takenAt }) => takenAt.getTime())
  for (const [n, time] of taken.slice(1).entries()) expect(time - (taken[n] ?? 0)).toBeGreaterThanOrEqual(900)
})

test('the pooler beside a member is asked as the same user', async () => {
  await using store = await openTestStore()
  const { port, password } = new URL(store.url)
  await using role = await monitor('watcher', password)
  await using patroni = await serveHttp(member(Number(port)))
  await using pooler = await startTestPooler(store.url)
  const client = await pooler.connect()
  await using run = await collecting(store, { patroni, role, poolerPort: pooler.port })
  const kept = async () => (await readStack(store, run.id))?.members.find(({ name }) => name === 'pg-node-3')?.pooler
  await expect.poll(kept, patience).toMatchObject({ value: { pools: [{ database: 'orders' }] }, problem: null })
  await client.end()
})

test('a right that is missing is said, what was seen before is kept, and once it is granted the look goes on', async () => {
  await using store = await openTestStore()
  await using role = await monitor()
  await role.sql(`revoke pg_monitor from ${role.user}`)
  await using patroni = await serveHttp(member(Number(new URL(store.url).port)))
  await using run = await collecting(store, { patroni, role })
  const problem = async () =>
    (await readStack(store, run.id))?.members.flatMap(({ postgres }) => postgres?.problem?.sentence ?? [])
  await expect.poll(problem, patience).toEqual([expect.stringContaining('GRANT pg_monitor TO')])
  await role.sql(`grant pg_monitor to ${role.user}`)
  await expect.poll(problem, patience).toEqual([])
})

test('whoever lost the lease keeps nothing', async () => {
  await using store = await openTestStore()
  await using role = await monitor()
  await using patroni = await serveHttp(member(Number(new URL(store.url).port)))
  await using run = await collecting(store, { patroni, role })
  await store.pool.query(`update cluster_lease set executor_id = 'worker-2'`)
  await new Promise((resolve) => setTimeout(resolve, 6_000))
  expect(await readStack(store, run.id)).toBe(null)
})
