import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestPooler, testPooler } from '#agent/testing/test-pooler.ts'
import { type TestPostgres, testPostgres } from '#agent/testing/test-postgres.ts'
import { readDatabases } from './clients.ts'
import { machineVerbs } from './machine-verbs.ts'
import type { Machine } from './machine.ts'
import { neededPooler } from './pooler-console.ts'

let postgres: TestPostgres
let pooler: TestPooler
let machine: Machine
const names = ['Orders-2.x', 'orders']

beforeAll(async () => {
  postgres = await testPostgres()
  await postgres.start([])
  pooler = await testPooler(postgres, names)
  machine = pooler.machine
})
afterAll(async () => {
  pooler.stop()
  await postgres[Symbol.asyncDispose]()
})

function ask(name = 'Orders-2.x', sql?: string): Promise<string> {
  return pooler.ask(name, sql)
}

function databases(isDisabled: boolean, isPaused: boolean) {
  return { pooler: { databases: names.map((name) => ({ name, isDisabled, isPaused })) } }
}

test('clients are cut off and kept out of every database until they are let in again', async () => {
  const all = (verb: 'clients-state' | 'clients-fence' | 'clients-release') => machineVerbs[verb]?.({}, machine)
  expect(await all('clients-state')).toEqual(databases(false, false))
  expect(await ask()).toBe('1')
  const long = ask('orders', 'SELECT pg_sleep(60)').catch((error: unknown) => String(error))
  const isAtWork = () => postgres.sql(`SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'`)
  await expect.poll(isAtWork, { timeout: 60_000 }).toBe('1')
  expect(await all('clients-fence')).toEqual(databases(true, true))
  expect(await long).toMatch(/server closed the connection|database removed/)
  await expect(ask()).rejects.toThrow('disabled')
  expect(await all('clients-fence')).toEqual(databases(true, true))
  expect(await all('clients-release')).toEqual(databases(false, false))
  expect(await ask()).toBe('1')
  expect(await all('clients-release')).toEqual(databases(false, false))
})

test('an answer that names no columns is not taken for one without open databases', () => {
  expect(() => readDatabases('')).toThrow('does not tell')
  expect(() => readDatabases('DISABLE\nKILL\n')).toThrow('does not tell')
  const csv = 'KILL\nname,host,disabled,paused\norders,,0,1\npgbouncer,,0,0\n'
  expect(readDatabases(csv)).toEqual([{ name: 'orders', isDisabled: false, isPaused: true }])
})

test('a pgBouncer that is paused as a whole is told so', async () => {
  await pooler.console('PAUSE')
  await expect(machineVerbs['clients-fence']?.({}, machine)).rejects.toThrow('paused as a whole')
  await pooler.console('RESUME')
  await machineVerbs['clients-release']?.({}, machine)
  expect(await ask()).toBe('1')
})

test('a node without a pooler has none to close', async () => {
  expect(await machineVerbs['clients-state']?.({}, postgres.machine)).toEqual({ pooler: null })
  await expect(machineVerbs['clients-fence']?.({}, postgres.machine)).rejects.toThrow('[pgbouncer]')
})

test('a console that does not let us in is told with what to do', async () => {
  const { config } = machine
  const stranger = { ...machine, config: { ...config, pgbouncer: { ...neededPooler(machine), user: 'x' } } }
  await expect(machineVerbs['clients-fence']?.({}, stranger)).rejects.toThrow(/admin/)
  const nobody = { ...machine, config: { ...config, pgbouncer: { port: 1, socketFolder: '/nowhere', user: 'x' } } }
  await expect(machineVerbs['clients-state']?.({}, nobody)).rejects.toThrow('/nowhere')
})

test('of the databases that a * entry serves only those in use are closed', async () => {
  const file = join(postgres.folder, 'pgbouncer.ini')
  const ini = await readFile(file, 'utf8')
  await writeFile(file, ini.replace('[pgbouncer]', `* = host=${postgres.folder} user=postgres\n[pgbouncer]`))
  await pooler.console('RELOAD')
  expect(await ask('postgres')).toBe('1')
  const fenced = await machineVerbs['clients-fence']?.({}, machine)
  expect(fenced).toEqual({
    pooler: { databases: expect.arrayContaining([{ name: 'postgres', isDisabled: true, isPaused: true }]) },
  })
  await expect(ask('postgres')).rejects.toThrow('disabled')
  expect(await ask('template1')).toBe('1')
  // Soon after the client that was refused it is not listed, and would stay closed.
  const listed = async () => JSON.stringify(await machineVerbs['clients-state']?.({}, machine))
  await expect.poll(listed, { timeout: 60_000 }).not.toContain('"postgres"')
  await machineVerbs['clients-release']?.({ databases: ['postgres', 'never-there'] }, machine)
  expect(await ask('postgres')).toBe('1')
})
