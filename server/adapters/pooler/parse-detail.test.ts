import { expect, test } from 'vitest'
import { fixture } from '../testing/fixture.ts'
import type { Row } from './console-rows.ts'
import { parsePoolerDetail } from './parse-detail.ts'
import { versionOf } from './parse-version.ts'

const target = { who: 'pg-1', system: 'pgBouncer', address: '10.0.1.10:6432' }

/** What a version showed: 1.18.0 as recorded, the newer ones in its own columns as their source writes them. */
function shown(version: string): Record<string, Row[]> {
  const tables = JSON.parse(fixture(`pooler/fixtures/${version}.json`)) as Record<
    string,
    { columns: string[]; rows: unknown[][] }
  >
  return Object.fromEntries(
    Object.entries(tables).map(([what, { columns, rows }]) => [
      what,
      rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]]))),
    ]),
  )
}

function parsed(version: string, more: Record<string, Row[]> = {}) {
  const rows = { ...shown(version), ...more }
  return parsePoolerDetail({ state: [], config: [], ...rows }, versionOf(rows.version ?? [], target), target)
}

test('1.18 is read as recorded: its console left out, numbers as numbers, what it does not tell as null', () => {
  const detail = parsed('1.18.0')
  expect(detail).toMatchObject({ version: '1.18.0', state: null, clientsLeftOut: 0 })
  expect(detail.pools).toEqual([
    expect.objectContaining({ database: 'orders', clientsWaiting: 2, serversActive: 2, maxWaitSeconds: 1.724686 }),
  ])
  expect(detail.databases).toMatchObject([{ name: 'orders', reservePoolSize: 0, maxClients: null }])
  expect(detail.clients.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'active', 'active'])
  expect(detail.clients[0]).toMatchObject({ waitSeconds: 1.72728, application: null, id: null })
  expect(detail.servers[0]).toMatchObject({ backendPid: 18714, closeNeeded: false })
  expect(detail.users[0]).toMatchObject({ name: 'postgres', poolSize: null, maxConnections: null })
  expect(detail.users.map(({ name }) => name)).not.toContain('pgbouncer')
  expect(detail.stats).toMatchObject([{ queries: 5, waitMicroseconds: 237726, serverAssignments: null }])
  expect(detail.lists.used_clients).toBe(5)
  expect(detail.config.max_client_conn).toBe('100')
})

test.each(['1.23.1', '1.24.1', '1.25.2', '1.26.0dev'])(
  '%s is read by names, wherever it puts its columns',
  (version) => {
    const detail = parsed(version)
    expect(detail).toMatchObject({ version, state: version === '1.25.2' ? 'paused' : 'active' })
    expect(detail.pools).toMatchObject([{ user: 'app', clientsActive: 12, clientsWaiting: 3, maxWaitSeconds: 2.25 }])
    expect(detail.databases).toMatchObject([{ poolSize: 20, reservePoolSize: 5, maxConnections: 50, isPaused: false }])
    expect(detail.clients).toHaveLength(3)
    expect(detail.clients[0]).toMatchObject({ state: 'waiting', address: 'unix', waitSeconds: 2.25 })
    expect(detail.servers).toMatchObject([{ backendPid: 4711, closeNeeded: true }])
    expect(detail.stats).toMatchObject([{ serverAssignments: 9_007_199_254_740, receivedBytes: 560_000 }])
    expect(detail.users).toMatchObject([
      { name: 'app', poolSize: 8, maxConnections: 10, currentConnections: 8 },
      { name: 'batch', poolSize: null },
    ])
  },
)

test('from 1.24 on clients have ids and limits of their own', () => {
  expect(parsed('1.23.1')).toMatchObject({ databases: [{ maxClients: null }], clients: [{ id: null }, {}, {}] })
  expect(parsed('1.24.1')).toMatchObject({
    databases: [{ maxClients: 100, currentClients: 15 }],
    users: [{ reservePoolSize: 2, maxClients: 0 }, { reservePoolSize: null }],
    clients: [{ id: '3' }, {}, {}],
  })
})

test('what a directory is asked with is not kept', () => {
  expect(Object.keys(parsed('1.25.2').config)).not.toContain('auth_ldap_options')
})

test('of many clients those that wait longest are kept, and the rest is counted', () => {
  const [like] = shown('1.24.1').clients ?? []
  const clients = Array.from({ length: 5_000 }, (_, n) => ({
    ...like,
    state: n % 10 === 0 ? 'waiting' : 'active',
    wait: n % 10 === 0 ? n : 0,
    port: n,
  }))
  const detail = parsed('1.24.1', { clients })
  expect(detail).toMatchObject({ clientsLeftOut: 4_800 })
  expect(detail.clients.every(({ state }) => state === 'waiting')).toBe(true)
  expect(detail.clients[0]?.port).toBe(4_990)
})

test('columns that are missing are a problem that names them, never a zero', () => {
  const pools = shown('1.24.1').pools?.map((row) => ({ ...row, cl_waiting: undefined })) ?? []
  expect(() => parsed('1.24.1', { pools })).toThrow(
    /not as pgBouncer does: SHOW POOLS has other columns: 0\.cl_waiting/,
  )
})

test('another pooler is not taken for pgBouncer', () => {
  expect(() => versionOf([{ version: 'odyssey 1.3' }], target)).toThrow('it calls itself "odyssey 1.3"')
  expect(() => versionOf([], target)).toThrow('not as pgBouncer does')
})
