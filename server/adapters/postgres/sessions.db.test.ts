import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import type { PostgresAccess } from './client.ts'
import { createSessions, type PostgresSessions } from './sessions.ts'

const suffix = randomBytes(4).toString('hex')
const console = `console_${suffix}`
const monitor = `monitor_${suffix}`
const stranger = `stranger_${suffix}`
const app = `app_${suffix}`
let store: TestStore
let superuser: pg.Client
let at: PostgresAccess

beforeAll(async () => {
  store = await openTestStore()
  superuser = new pg.Client({ connectionString: inject('storeAdminUrl') })
  await superuser.connect()
  for (const role of [console, monitor, stranger, app])
    await superuser.query(`create role ${role} login password 'secret'`)
  await superuser.query(`grant pg_monitor, pg_signal_backend to ${console}; grant pg_monitor to ${monitor}`)
  // As the console's role is to be set up: a signal is no write.
  await superuser.query(`alter role ${console} set default_transaction_read_only = on`)
  const { hostname, port } = new URL(store.url)
  at = {
    host: hostname,
    port: Number(port),
    user: console,
    password: 'secret',
    database: 'postgres',
    who: 'pg-node-1',
  }
})

afterAll(async () => {
  await store[Symbol.asyncDispose]()
  for (const role of [console, monitor, stranger, app]) await superuser.query(`drop role ${role}`)
  await superuser.end()
})

function sessionsAs(user: string): PostgresSessions & Disposable {
  const sessions = createSessions({ ...at, user })
  return { ...sessions, [Symbol.dispose]: () => sessions.close() }
}

async function session(user: string | null) {
  const client = new pg.Client(
    user === null
      ? { connectionString: inject('storeAdminUrl') }
      : { host: at.host, port: at.port, user, password: 'secret', database: 'postgres', application_name: 'orders' },
  )
  const ended = new Promise<void>((resolve) => {
    client.on('error', () => resolve())
    client.on('end', () => resolve())
  })
  await client.connect()
  const { rows } = await client.query<{ pid: number; backendStart: Date }>(
    'select pid, backend_start as "backendStart" from pg_stat_activity where pid = pg_backend_pid()',
  )
  const [name] = rows
  if (name === undefined) throw new Error('A session sees itself.')
  return { client, name, ended, [Symbol.asyncDispose]: () => client.end().catch(() => {}) }
}

test('a session is told, and terminated under its own name alone', async () => {
  using sessions = sessionsAs(console)
  await using victim = await session(app)
  await victim.client.query('begin')
  expect(await sessions.find(victim.name)).toMatchObject({
    user: app,
    database: 'postgres',
    application: 'orders',
    state: 'idle in transaction',
    backendType: 'client backend',
    isSuperuser: false,
    maySignal: true,
  })
  const other = { ...victim.name, backendStart: new Date(victim.name.backendStart.getTime() - 1) }
  expect(await sessions.find(other)).toBeNull()
  expect(await sessions.send({ ...other, act: 'terminate', queryStart: null })).toBeNull()
  await victim.client.query('select 1')
  expect(await sessions.send({ ...victim.name, act: 'terminate', queryStart: null })).toBe(true)
  await victim.ended
  expect(await sessions.find(victim.name)).toBeNull()
})

test('a cancel ends the statement that was looked at, and none after it', async () => {
  using sessions = sessionsAs(console)
  await using victim = await session(app)
  const running = victim.client.query('select pg_sleep(60)').catch((error: unknown) => error)
  await expect.poll(async () => (await sessions.find(victim.name))?.state, { timeout: 60_000 }).toBe('active')
  const found = await sessions.find(victim.name)
  const queryStart = found?.queryStart ?? null
  expect(await sessions.send({ ...victim.name, act: 'cancel', queryStart: '2020-01-01 00:00:00+00' })).toBeNull()
  expect(await sessions.send({ ...victim.name, act: 'cancel', queryStart })).toBe(true)
  expect(await running).toMatchObject({ code: '57014' })
  expect(await sessions.send({ ...victim.name, act: 'cancel', queryStart })).toBeNull()
  expect((await sessions.find(victim.name))?.state).toBe('idle')
})

test('who may not send a signal is told what to grant', async () => {
  await using victim = await session(app)
  using sessions = sessionsAs(monitor)
  expect(await sessions.find(victim.name)).toMatchObject({ maySignal: false })
  await expect(sessions.send({ ...victim.name, act: 'terminate', queryStart: null })).rejects.toMatchObject({
    message: expect.stringContaining(`GRANT pg_signal_backend TO "${monitor}"`),
    mayHaveArrived: false,
  })
})

test('a superuser’s session is a superuser’s to end', async () => {
  await using victim = await session(null)
  using sessions = sessionsAs(console)
  expect(await sessions.find(victim.name)).toMatchObject({ isSuperuser: true, maySignal: false })
  await expect(sessions.send({ ...victim.name, act: 'terminate', queryStart: null })).rejects.toThrow(
    'only a superuser can end it',
  )
})

test('a session that may not be seen is not taken for one that is gone', async () => {
  await using victim = await session(app)
  using sessions = sessionsAs(stranger)
  expect(await sessions.find(victim.name)).toMatchObject({ backendType: '', maySignal: false })
})
