import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest'
import { poolUses } from '#domain/stack/pool-use.ts'
import type { PoolerDetail } from '#domain/stack/pooler-detail.ts'
import { isPoolerBefore } from '#domain/stack/pooler-version.ts'
import { startTestPooler, type TestPooler } from '#tools/testing/pooler.ts'
import { tlsFile } from '../testing/local-server.ts'
import { createPoolerLook, type PoolerAccess } from './detail.ts'

let pooler: TestPooler
beforeAll(async () => {
  pooler = await startTestPooler(inject('storeAdminUrl'), {
    pool_mode: 'transaction',
    default_pool_size: '2',
    max_client_conn: '50',
  })
})
afterAll(() => pooler[Symbol.asyncDispose]())

const opened: pg.Client[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const client of opened.splice(0)) await client.end()
})

function access(more: Partial<PoolerAccess> = {}): PoolerAccess {
  const { password } = new URL(inject('storeAdminUrl'))
  return { host: '127.0.0.1', port: pooler.port, who: 'pg-1', user: 'watcher', password, ...more }
}

async function looked(more: Partial<PoolerAccess> = {}): Promise<PoolerDetail> {
  const look = createPoolerLook(access(more))
  try {
    return await look.read()
  } finally {
    look.close()
  }
}

async function connected(as?: Parameters<TestPooler['connect']>[0]): Promise<pg.Client> {
  const client = await pooler.connect(as)
  opened.push(client)
  return client
}

test('a user in stats_users sees pools, their servers’ backends and who waits, the longest first', async () => {
  const [one, two] = [await connected(), await connected()]
  const pids = []
  for (const client of [one, two]) {
    await client.query('begin')
    pids.push((await client.query('select pg_backend_pid() as pid')).rows[0].pid)
  }
  const waiting = []
  for (const client of [await connected(), await connected()]) {
    waiting.push(client.query('select 1'))
    await sleep(300)
  }
  const detail = await looked()
  const [use] = poolUses(detail)
  expect(detail).toMatchObject({ clientsLeftOut: 0, serversLeftOut: 0 })
  expect(detail.pools).toMatchObject([{ database: 'orders', user: 'postgres', mode: 'transaction', serversActive: 2 }])
  expect(detail.databases).toMatchObject([{ name: 'orders', host: '127.0.0.1', poolSize: 2, isPaused: false }])
  expect(new Set(detail.servers.map(({ backendPid }) => backendPid))).toEqual(new Set(pids))
  expect(detail.clients.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'active', 'active'])
  expect(detail.clients[0]?.waitSeconds).toBeGreaterThan(detail.clients[1]?.waitSeconds ?? 0)
  expect(detail.config.max_client_conn).toBe('50')
  expect(detail.lists.used_clients).toBeGreaterThanOrEqual(4)
  expect(detail.users.map(({ name }) => name)).toContain('watcher')
  expect(use).toMatchObject({ condition: 'waiting', busy: 1, cap: 2, clientsWaiting: 2 })
  expect(use?.sentence).toMatch(
    /^All 2 servers of orders\/postgres are in use, 2 clients wait, the longest for [\d.]+ s\.$/,
  )
  await one.query('commit')
  await two.query('commit')
  await Promise.all(waiting)
  expect((await looked()).stats).toMatchObject([{ database: 'orders', transactions: expect.any(Number) }])
})

test('a database that is paused is told apart from one that is down', async () => {
  const console = await connected({ database: 'pgbouncer' })
  await console.query('PAUSE orders')
  const client = await connected()
  const waiting = client.query('select 1')
  await sleep(1_200)
  const paused = await looked()
  expect(paused.databases).toMatchObject([{ name: 'orders', isPaused: true }])
  expect(poolUses(paused)).toMatchObject([{ condition: 'paused', clientsWaiting: 1 }])
  await console.query('RESUME orders')
  await waiting
  expect(poolUses(await looked())).toMatchObject([{ condition: 'fine', busyServers: 0 }])
})

test('a pause of all is told, or left open where this version does not tell of it', async () => {
  const console = await connected({ database: 'pgbouncer' })
  const client = await connected()
  await console.query('PAUSE')
  const waiting = client.query('select 1')
  await sleep(300)
  const paused = await looked()
  await console.query('RESUME')
  await waiting
  const [use] = poolUses(paused)
  expect(paused.databases).toMatchObject([{ isPaused: false }])
  expect([use?.condition, paused.state]).toEqual(
    isPoolerBefore(paused.version, [1, 19]) ? ['serverless', null] : ['paused', 'paused'],
  )
  expect(use?.sentence).toMatch(/paused/)
})

test('one connection is kept, and made anew when it is lost', async () => {
  const look = createPoolerLook(access())
  await look.read()
  await look.read()
  const console = await connected({ database: 'pgbouncer' })
  const { rows } = await console.query('SHOW CLIENTS')
  const ours = rows.filter(({ user }) => user === 'watcher')
  expect(ours).toHaveLength(1)
  look.close()
  await look.read()
  look.close()
})

test('the environment of this process adds nothing that pgBouncer refuses', async () => {
  vi.stubEnv('PGOPTIONS', '-c statement_timeout=1000')
  vi.stubEnv('PGREPLICATION', 'true')
  vi.stubEnv('PGDATABASE', 'elsewhere')
  expect((await looked()).version).toMatch(/^1\.\d+/)
})

test('a user in neither list is told what to write where', async () => {
  await expect(looked({ user: 'outsider' })).rejects.toMatchObject({
    kind: 'unauthorized',
    message: `pgBouncer on 127.0.0.1:${pooler.port} (pg-1) does not show its statistics to the user outsider: add it to stats_users in pgbouncer.ini and run RELOAD.`,
  })
})

test.each([
  ['a wrong password', { password: 'wrong' }],
  ['no password', { password: null }],
  ['an unknown user', { user: 'nobody' }],
])('%s is not accepted', async (_, more) => {
  await expect(looked(more)).rejects.toMatchObject({
    kind: 'unauthorized',
    message: expect.stringContaining('does not accept the user'),
  })
})

test('a Postgres in its place is no pooler', async () => {
  const { port } = new URL(inject('storeAdminUrl'))
  await expect(looked({ port: Number(port), user: 'postgres' })).rejects.toMatchObject({
    kind: 'protocol',
    message: expect.stringContaining("check the pooler's port"),
  })
})

test('a pooler that is frozen is given up in time', async () => {
  const look = createPoolerLook(access({ timeoutMs: 500 }))
  await look.read()
  pooler.process.kill('SIGSTOP')
  try {
    await expect(look.read()).rejects.toMatchObject({ kind: 'timeout' })
  } finally {
    pooler.process.kill('SIGCONT')
  }
  expect((await look.read()).version).toMatch(/^1\.\d+/)
  look.close()
})

test('TLS is used where pgBouncer asks for it', async () => {
  const tls = { key: tlsFile('key.pem'), certificate: tlsFile('good.pem') }
  await using secure = await startTestPooler(inject('storeAdminUrl'), {}, tls)
  expect((await looked({ port: secure.port })).config.client_tls_sslmode).toBe('require')
})

test('a database that cannot be reached is told by those who wait for it without one server', async () => {
  const nowhere = new URL(inject('storeAdminUrl'))
  nowhere.port = '1'
  await using lost = await startTestPooler(nowhere.href)
  const ended = lost.connect().catch((error: unknown) => error)
  await sleep(1_300)
  const [use] = poolUses(await looked({ port: lost.port }))
  expect(use).toMatchObject({ condition: 'serverless', openServers: 0, clientsWaiting: 1 })
  lost.process.kill('SIGKILL')
  expect(await ended).toBeInstanceOf(Error)
})
