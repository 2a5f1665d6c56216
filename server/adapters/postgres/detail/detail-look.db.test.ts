import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import type { PostgresAccess } from '../client.ts'
import { detailSql } from './detail-sql.ts'
import { createPostgresDetailLook } from './detail-look.ts'
import { parseDetail } from './parse-detail.ts'

const suffix = randomBytes(4).toString('hex')
const monitor = `monitor_${suffix}`
const stranger = `stranger_${suffix}`
let store: TestStore
let superuser: pg.Client
let access: PostgresAccess

beforeAll(async () => {
  store = await openTestStore()
  superuser = new pg.Client({ connectionString: inject('storeAdminUrl') })
  await superuser.connect()
  for (const role of [monitor, stranger]) await superuser.query(`create role ${role} login password 'secret'`)
  await superuser.query(`grant pg_monitor to ${monitor}`)
  const { hostname, port } = new URL(store.url)
  access = {
    host: hostname,
    port: Number(port),
    user: monitor,
    password: 'secret',
    database: 'postgres',
    who: 'pg-node-1',
  }
})

afterAll(async () => {
  await store[Symbol.asyncDispose]()
  for (const role of [monitor, stranger]) await superuser.query(`drop role ${role}`)
  await superuser.end()
})

function looking(more: Partial<PostgresAccess> = {}) {
  const look = createPostgresDetailLook({ ...access, ...more })
  return { read: () => look.read(), [Symbol.dispose]: () => look.close() }
}

async function session(application: string, ...statements: string[]) {
  const client = new pg.Client({ connectionString: store.url, application_name: application })
  client.on('error', () => {})
  await client.connect()
  for (const statement of statements) await client.query(statement)
  return { client, [Symbol.asyncDispose]: () => client.end() }
}

test('who waits for whom is a tree in order', async () => {
  await store.pool.query('create table goods (id int primary key, n int); insert into goods values (1, 1), (2, 2)')
  using look = looking()
  await using holder = await session('holder', 'begin', 'update goods set n = 3 where id = 1')
  await using middle = await session('middle', 'begin', 'update goods set n = 3 where id = 2')
  await using last = await session('last')
  const waiting = [
    middle.client.query('update goods set n = 4 where id = 1'),
    last.client.query(`update goods\nset n = 5 where id = 2 -- 'quoted'`),
  ]
  const blocked = async () => (await look.read()).blocked.filter(({ database }) => database === store.database)
  await expect.poll(async () => (await blocked()).length, { timeout: 60_000 }).toBe(3)
  const tree = await blocked()
  const pidOf = (name: string) => tree.find(({ application }) => application === name)?.pid
  expect(tree).toMatchObject([
    { application: 'holder', depth: 0, blockedBy: null, state: 'idle in transaction' },
    { application: 'middle', depth: 1, blockedBy: pidOf('holder'), waitEvent: 'Lock:transactionid' },
    {
      application: 'last',
      depth: 2,
      blockedBy: pidOf('middle'),
      query: `update goods\nset n = 5 where id = 2 -- 'quoted'`,
    },
  ])
  const { rows } = await store.pool.query<{ started: Date }>(
    `select date_trunc('milliseconds', backend_start) as started from pg_stat_activity where application_name = 'last'`,
  )
  expect(tree[2]?.backendStart).toEqual(rows[0]?.started)
  const { connections, sessions } = await look.read()
  expect(connections.waitingOnLock).toBeGreaterThanOrEqual(2)
  expect(sessions.filter(({ database }) => database === store.database)).toContainEqual(
    expect.objectContaining({ state: 'idle in transaction', count: 1 }),
  )
  await holder.client.query('rollback')
  await waiting[0]
  await middle.client.query('rollback')
  await waiting[1]
  expect(await blocked()).toEqual([])
})

test('a long queue for one lock is told in time, each of it once', async () => {
  await store.pool.query('create table door (n int)')
  using look = looking()
  await using holder = await session('doorkeeper', 'begin', 'lock door in access exclusive mode')
  const queue = await Promise.all(Array.from({ length: 30 }, () => session('in line')))
  const locks = queue.map(({ client }) =>
    client.query('begin; lock door in access exclusive mode; commit').catch(() => {}),
  )
  const inLine = async () => (await look.read()).blocked.filter(({ application }) => application === 'in line')
  await expect.poll(async () => (await inLine()).length, { timeout: 60_000 }).toBe(30)
  const line = await inLine()
  expect(new Set(line.map(({ pid }) => pid)).size).toBe(30)
  await holder.client.query('rollback')
  await Promise.all(queue.map(({ client }) => client.end()))
  await Promise.all(locks)
})

test('a transaction that idles, and a statement that runs long, are told with what they run', async () => {
  await using idler = await session('idler', 'begin', 'select 42')
  await using runner = await session('runner')
  const running = runner.client.query('select pg_sleep(20)').catch(() => {})
  const client = new pg.Client({ ...access, password: 'secret' })
  await client.connect()
  const target = { who: 'pg-node-1', system: 'Postgres', address: '127.0.0.1:5432' }
  const sql = detailSql(180_000, { hasQueries: true }).replaceAll(/interval '\d+ s'/g, "interval '0 s'")
  const told = async () => parseDetail((await client.query(sql)).rows[0], target).longSessions
  const ours = async () => (await told()).filter(({ database }) => database === store.database)
  await expect.poll(ours, { timeout: 60_000 }).toMatchObject([
    { application: 'idler', state: 'idle in transaction', query: 'select 42' },
    { application: 'runner', state: 'active', query: 'select pg_sleep(20)', waitEvent: 'Timeout:PgSleep' },
  ])
  await superuser.query(`select pg_cancel_backend(pid) from pg_stat_activity where application_name = 'runner'`)
  await running
  await idler.client.query('rollback')
  await client.end()
})

test('a reset of the statistics is told with its moment', async () => {
  using look = looking()
  const ours = async () => (await look.read()).databases.find(({ name }) => name === store.database)
  await superuser.query('select pg_stat_reset()')
  const before = await ours()
  const admin = new pg.Client({ connectionString: store.adminUrl })
  await admin.connect()
  await admin.query('select pg_stat_reset()')
  await admin.end()
  const after = await ours()
  expect(after?.statsReset?.getTime()).toBeGreaterThan(before?.statsReset?.getTime() ?? 0)
  expect(before).toMatchObject({ xidAge: expect.any(Number), commitsTotal: expect.any(Number) })
})

test('settings are those of the server, and read anew when its configuration changes', async () => {
  using look = looking()
  const { settings } = await look.read()
  // What a session of the look sets for itself is none of the server's.
  expect(settings).toMatchObject({
    statement_timeout: { value: '0', unit: 'ms', source: 'default', pendingRestart: false },
    lock_timeout: { value: '0' },
    jit: { value: 'off' },
    max_wal_senders: { value: '0', source: 'command line' },
    wal_level: { value: 'minimal' },
  })
  expect(settings).not.toHaveProperty('primary_conninfo')
  await superuser.query('alter system set max_locks_per_transaction = 65')
  await superuser.query('alter system set log_temp_files = 4096')
  await superuser.query('select pg_reload_conf()')
  try {
    const known = async () => (await look.read()).settings
    await expect.poll(known, { timeout: 60_000 }).toMatchObject({
      log_temp_files: { value: '4096', source: 'configuration file' },
      max_locks_per_transaction: { pendingRestart: true },
    })
  } finally {
    await superuser.query('alter system reset max_locks_per_transaction')
    await superuser.query('alter system reset log_temp_files')
    await superuser.query('select pg_reload_conf()')
  }
})

test('a setting of the role that looks is not taken for the one of the server', async () => {
  await superuser.query(`alter role ${monitor} set statement_timeout = '4s'`)
  using look = looking()
  expect((await look.read()).settings).not.toHaveProperty('statement_timeout')
  await superuser.query(`alter role ${monitor} reset statement_timeout`)
})

test('sizes come with a later look', async () => {
  using look = looking()
  await expect.poll(async () => (await look.read()).sizesAt, { timeout: 60_000 }).not.toBe(null)
  const { databases, wal } = await look.read()
  expect(databases.find(({ name }) => name === 'postgres')?.sizeBytes).toBeGreaterThan(1_000_000)
  expect(wal).toMatchObject({ folderFiles: expect.any(Number), bytesTotal: expect.any(Number) })
  expect(wal.folderBytes).toBe(Number(wal.folderFiles) * 16_777_216)
})

test('what is missing to look is said as the statement that grants it', async () => {
  using look = looking({ user: stranger })
  await expect(look.read()).rejects.toMatchObject({
    kind: 'unauthorized',
    message: expect.stringContaining(`GRANT pg_monitor TO "${stranger}"`),
  })
  await superuser.query(`grant pg_monitor to ${stranger}`)
  expect(await look.read()).toMatchObject({
    inRecovery: false,
    receiver: null,
    checkpoints: { timed: expect.any(Number) },
  })
})

test('a password that is wrong is told from a right that is missing', async () => {
  using look = looking({ password: 'wrong' })
  await expect(look.read()).rejects.toMatchObject({
    kind: 'unauthorized',
    message: expect.stringContaining("does not accept the console's user and password: check both"),
  })
})

test('nothing is left open at the server', async () => {
  {
    using look = looking()
    await look.read()
  }
  const open = () => superuser.query('select 1 from pg_stat_activity where usename = $1', [monitor])
  await expect.poll(async () => (await open()).rowCount, { timeout: 60_000 }).toBe(0)
})

test('a connection that the server ended is made anew, without a look that fails', async () => {
  using look = looking()
  await look.read()
  await superuser.query('select pg_terminate_backend(pid, 10000) from pg_stat_activity where usename = $1', [monitor])
  // The end of it may still be under way.
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(await look.read()).toMatchObject({ inRecovery: false })
})
