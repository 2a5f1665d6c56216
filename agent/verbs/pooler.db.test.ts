import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestPooler, testPooler } from '#agent/testing/test-pooler.ts'
import { type TestPostgres, testPostgres } from '#agent/testing/test-postgres.ts'
import { commandPooler } from './pooler-command.ts'
import { pausePooler } from './pooler-pause.ts'

let postgres: TestPostgres
let pooler: TestPooler

beforeAll(async () => {
  postgres = await testPostgres()
  await postgres.start([])
  pooler = await testPooler(postgres, ['Orders-2.x', 'orders'])
})
afterAll(async () => {
  pooler.stop()
  await postgres[Symbol.asyncDispose]()
})
beforeEach(() => void postgres.said.splice(0))

const isPaused = () => postgres.said.some((line) => line.startsWith('Paused: '))
const brief = { drainMs: 5_000, limitMs: 5_000 }

test.each([null, 'Orders-2.x'])(
  'clients of %s wait until the limit, and go on then by themselves',
  async (database) => {
    const held = pausePooler(pooler.machine, { database, ...brief })
    await expect.poll(isPaused, { timeout: 60_000 }).toBe(true)
    const began = Date.now()
    expect(await pooler.ask('Orders-2.x')).toBe('1')
    expect(Date.now() - began).toBeGreaterThan(1_000)
    expect(await held).toMatchObject({ why: 'limit' })
  },
)

test('a pause that does not come to rest is taken back, and says who held it up', async () => {
  const long = pooler.ask('orders', 'SELECT pg_sleep(4)')
  const isAtWork = () => postgres.sql(`SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(4)'`)
  await expect.poll(isAtWork, { timeout: 60_000 }).toBe('1')
  await expect(pausePooler(pooler.machine, { database: null, drainMs: 800, limitMs: 60_000 })).rejects.toThrow(
    /did not come to rest within 0.8 s: 1 of orders\/\w+ at work/,
  )
  expect(await pooler.ask('Orders-2.x')).toBe('1')
  await long
})

test('somebody who resumes ends the pause', async () => {
  const held = pausePooler(pooler.machine, { database: 'orders', drainMs: 5_000, limitMs: 60_000 })
  await expect.poll(isPaused, { timeout: 60_000 }).toBe(true)
  await commandPooler(pooler.machine, { act: 'resume', database: 'orders' })
  expect(await held).toMatchObject({ why: 'resumed' })
  expect(await pooler.ask('orders')).toBe('1')
})

test('whoever ends the job resumes', async () => {
  const ended = new AbortController()
  const machine = { ...pooler.machine, signal: ended.signal }
  const held = pausePooler(machine, { database: null, drainMs: 5_000, limitMs: 60_000 })
  await expect.poll(isPaused, { timeout: 60_000 }).toBe(true)
  ended.abort()
  expect(await held).toMatchObject({ why: 'ended' })
  expect(await pooler.ask('orders')).toBe('1')
})

test('what somebody else paused is left as it is', async () => {
  await pooler.console('PAUSE')
  await expect(pausePooler(pooler.machine, { database: null, ...brief })).rejects.toThrow('paused already')
  await expect(pooler.console('PAUSE')).rejects.toThrow('already suspended/paused')
  await pooler.console('RESUME')
})

test('clients that are cut off may come back at once', async () => {
  const long = pooler.ask('orders', 'SELECT pg_sleep(60)').catch((error: unknown) => String(error))
  const isAtWork = () => postgres.sql(`SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'`)
  await expect.poll(isAtWork, { timeout: 60_000 }).toBe('1')
  const { pooler: now } = await commandPooler(pooler.machine, { act: 'kill', database: 'orders' })
  expect(now?.databases).toContainEqual({ name: 'orders', isDisabled: false, isPaused: false })
  expect(await long).toMatch(/server closed the connection|database removed/)
  expect(await pooler.ask('orders')).toBe('1')
})

test('a database is disabled and enabled, all are reconnected, and the file is read again', async () => {
  await commandPooler(pooler.machine, { act: 'disable', database: 'orders' })
  await expect(pooler.ask('orders')).rejects.toThrow('disabled')
  await commandPooler(pooler.machine, { act: 'enable', database: null })
  expect(await pooler.ask('orders')).toBe('1')
  await commandPooler(pooler.machine, { act: 'reconnect', database: null })
  await commandPooler(pooler.machine, { act: 'reload', database: null })
  await expect(commandPooler(pooler.machine, { act: 'kill', database: 'nothing' })).rejects.toThrow('no database')
})
