import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '#agent/testing/test-folder.ts'
import { runAs, type TestPostgres, testPostgres } from '#agent/testing/test-postgres.ts'
import { readDatabases } from './clients.ts'
import { machineVerbs } from './machine-verbs.ts'
import type { Machine } from './machine.ts'

let postgres: TestPostgres
let machine: Machine
let port: number
const names = ['Orders-2.x', 'orders']
const stopping = new AbortController()

beforeAll(async () => {
  postgres = await testPostgres()
  await postgres.start([])
  port = await freePort()
  const { folder } = postgres
  for (const name of names) await postgres.sql(`CREATE DATABASE "${name}"`)
  const ini = `[databases]
${names.map((name) => `${name} = host=${folder} user=postgres`).join('\n')}
[pgbouncer]
listen_addr =
listen_port = ${port}
unix_socket_dir = ${folder}
auth_type = any
admin_users = keeper
pool_mode = transaction
`
  await writeFile(join(folder, 'pgbouncer.ini'), ini)
  const child = spawn('/usr/sbin/pgbouncer', [join(folder, 'pgbouncer.ini')], { ...runAs(), stdio: 'ignore' })
  stopping.signal.addEventListener('abort', () => child.kill('SIGQUIT'))
  const { config } = postgres.machine
  machine = { ...postgres.machine, config: { ...config, pgbouncer: { port, socketFolder: folder, user: 'keeper' } } }
  for (let tries = 0; !existsSync(join(folder, `.s.PGSQL.${port}`)) && tries < 300; tries++) await wait(100)
})
afterAll(async () => {
  stopping.abort()
  await postgres[Symbol.asyncDispose]()
})

function ask(name = 'Orders-2.x', sql = 'SELECT 1'): Promise<string> {
  const words = ['-XAtw', '-h', postgres.folder, '-p', String(port), '-U', 'app', '-c', sql]
  return postgres.program('psql', words, name)
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
  await expect.poll(isAtWork, { timeout: 20_000 }).toBe('1')
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
  const console = (command: string) =>
    postgres.program(
      'psql',
      ['-Xw', '-h', postgres.folder, '-p', String(port), '-U', 'keeper', '-c', command],
      'pgbouncer',
    )
  await console('PAUSE')
  await expect(machineVerbs['clients-fence']?.({}, machine)).rejects.toThrow('paused as a whole')
  await console('RESUME')
  await machineVerbs['clients-release']?.({}, machine)
  expect(await ask()).toBe('1')
})

test('a node without a pooler has none to close', async () => {
  expect(await machineVerbs['clients-state']?.({}, postgres.machine)).toEqual({ pooler: null })
  await expect(machineVerbs['clients-fence']?.({}, postgres.machine)).rejects.toThrow('[pgbouncer]')
})

test('a console that does not let us in is told with what to do', async () => {
  const { config } = machine
  const stranger = { ...machine, config: { ...config, pgbouncer: { port, socketFolder: postgres.folder, user: 'x' } } }
  await expect(machineVerbs['clients-fence']?.({}, stranger)).rejects.toThrow(/admin/)
  const nobody = { ...machine, config: { ...config, pgbouncer: { port: 1, socketFolder: '/nowhere', user: 'x' } } }
  await expect(machineVerbs['clients-state']?.({}, nobody)).rejects.toThrow('/nowhere')
})

test('of the databases that a * entry serves only those in use are closed', async () => {
  const file = join(postgres.folder, 'pgbouncer.ini')
  const ini = await readFile(file, 'utf8')
  await writeFile(file, ini.replace('[pgbouncer]', `* = host=${postgres.folder} user=postgres\n[pgbouncer]`))
  const words = ['-Xw', '-h', postgres.folder, '-p', String(port), '-U', 'keeper', '-c', 'RELOAD']
  await postgres.program('psql', words, 'pgbouncer')
  expect(await ask('postgres')).toBe('1')
  const fenced = await machineVerbs['clients-fence']?.({}, machine)
  expect(fenced).toEqual({
    pooler: { databases: expect.arrayContaining([{ name: 'postgres', isDisabled: true, isPaused: true }]) },
  })
  await expect(ask('postgres')).rejects.toThrow('disabled')
  expect(await ask('template1')).toBe('1')
  // Since the client that was refused it is not listed, and would stay closed.
  expect(JSON.stringify(await machineVerbs['clients-state']?.({}, machine))).not.toContain('"postgres"')
  await machineVerbs['clients-release']?.({ databases: ['postgres', 'never-there'] }, machine)
  expect(await ask('postgres')).toBe('1')
})
