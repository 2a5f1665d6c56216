import fc from 'fast-check'
import { expect, test } from 'vitest'
import { madePool, madePooler, madePoolerDatabase, madePoolerUser } from '#domain/testing/pooler-made.ts'
import { nearestLimit, poolLimits } from './pool-limit.ts'
import { poolUses } from './pool-use.ts'
import type { Pool, PoolerDetail } from './pooler-detail.ts'

function use(pool: Partial<Pool>, more: Partial<PoolerDetail> = {}) {
  const [only] = poolUses(madePooler({ pools: [madePool(pool)], ...more }))
  if (only === undefined) throw new Error('There is no pool.')
  return only
}

const waiting = { clientsWaiting: 7, maxWaitSeconds: 3.2 }

test('a full pool whose clients wait is told with how many and how long', () => {
  expect(use({ serversActive: 20, ...waiting })).toMatchObject({
    condition: 'waiting',
    busy: 1,
    sentence: 'All 20 servers of orders/app are in use, 7 clients wait, the longest for 3.2 s.',
  })
})

test('a full pool is healthy as long as nobody waits', () => {
  const full = use({ serversActive: 20 })
  expect(full).toMatchObject({ condition: 'full', busy: 1, maxWaitSeconds: 0 })
  expect(full.sentence).toBe('All 20 servers of orders/app are in use, nobody waits.')
})

test('idle servers are free, however many are open', () => {
  const idle = use({ serversActive: 2, serversIdle: 10, serversUsed: 8, clientsActive: 400 })
  expect(idle).toMatchObject({ condition: 'fine', busyServers: 2, busy: 0.1, openServers: 20, opened: 1 })
})

test('the size of a user goes before that of the database, and its reserve is for those that wait', () => {
  const sized = use({ serversActive: 8 }, { users: [madePoolerUser({ poolSize: 8, reservePoolSize: 2 })] })
  expect(sized).toMatchObject({ cap: 8, reserve: 2, busy: 1, opened: 0.8, condition: 'full' })
})

test('from 1.24 on a size of nought is no limit', () => {
  const databases = [madePoolerDatabase({ poolSize: 0 })]
  expect(use({ serversActive: 3 }, { databases })).toMatchObject({ cap: null, busy: null, condition: 'fine' })
  expect(use({ serversActive: 3 }, { databases }).sentence).toBe('3 servers of orders/app are in use, nobody waits.')
  expect(use({}, { databases, version: '1.23.1' })).toMatchObject({ cap: 0, busy: null })
})

test('a pool of many idle clients in session mode is judged by who waits alone', () => {
  const session = use({ mode: 'session', serversActive: 20 })
  expect(session.sentence).toBe('All 20 servers of orders/app are held by clients, nobody waits.')
  expect(session.condition).toBe('full')
})

test.each<[string, Partial<PoolerDetail>]>([
  ['all of it', { state: 'paused' }],
  ['all of it, suspended', { state: 'suspended' }],
  ['the database', { databases: [madePoolerDatabase({ isPaused: true })] }],
])('a pause of %s is not taken for a database that is down', (_, more) => {
  expect(use(waiting, more).condition).toBe('paused')
})

test('clients that wait without one server open are told so; a version that does not tell of a pause leaves it open', () => {
  expect(use({ clientsWaiting: 1, maxWaitSeconds: 12 })).toMatchObject({
    condition: 'serverless',
    sentence:
      'No server of orders/app is open, 1 client waits, for 12 s: the database cannot be reached or refuses to log in.',
  })
  expect(use({ clientsWaiting: 2 }).sentence).toMatch(/^No server of orders\/app is open, 2 clients wait: /)
  expect(use(waiting, { state: null, version: '1.18.0' }).sentence).toContain('or pgBouncer is paused')
  expect(use({ clientsWaiting: 1, maxWaitSeconds: 0.1, serversLogin: 1 }).condition).toBe('waiting')
})

test('a limit beyond the pool is named where clients wait although the pool has room', () => {
  const databases = [madePoolerDatabase({ maxConnections: 50, currentConnections: 50 })]
  expect(use({ serversActive: 12, ...waiting }, { databases }).sentence).toBe(
    '12 of 20 servers of orders/app are in use, 7 clients wait, the longest for 3.2 s: the database orders has 50 of 50 servers.',
  )
})

test('a database that is disabled takes no new clients', () => {
  expect(use({ serversActive: 1 }, { databases: [madePoolerDatabase({ isDisabled: true })] })).toMatchObject({
    condition: 'disabled',
    sentence: 'orders is disabled and takes no new clients. 1 of 20 servers of orders/app is in use.',
  })
})

test('of the limits that pools share the nearest is told: of a database, a user or all clients', () => {
  const detail = madePooler({
    pools: [madePool({ serversActive: 8 })],
    databases: [madePoolerDatabase({ maxConnections: 50, currentConnections: 8, maxClients: 100, currentClients: 40 })],
    users: [madePoolerUser({ maxConnections: 10, currentConnections: 8, maxClients: 0, currentClients: 9 })],
    lists: { used_clients: 95 },
    config: { max_client_conn: '100' },
  })
  expect(nearestLimit(madePool(), detail)).toEqual({ kind: 'clients', name: null, used: 95, max: 100 })
  expect(poolLimits(madePool(), detail).map(({ kind }) => kind)).toEqual([
    'database-servers',
    'user-servers',
    'clients',
    'database-clients',
  ])
})

test('where a version does not count the servers of a user, those of its pools are counted', () => {
  const pools = [madePool({ serversActive: 3, serversIdle: 1 }), madePool({ database: 'stock', serversActive: 2 })]
  const detail = madePooler({ version: '1.18.0', pools, config: { max_user_connections: '10' } })
  expect(nearestLimit(madePool(), detail)).toEqual({ kind: 'user-servers', name: 'app', used: 6, max: 10 })
})

const few = fc.nat({ max: 30 })
const pool = fc.record({
  mode: fc.constantFrom('session', 'transaction', 'statement'),
  clientsActive: few,
  clientsWaiting: few,
  serversActive: few,
  serversIdle: few,
  serversUsed: few,
  serversTested: few,
  serversLogin: few,
  serversBeingCanceled: few,
  maxWaitSeconds: fc.double({ min: 0, max: 600, noNaN: true }),
})
const pooler = fc.record({
  version: fc.constantFrom('1.18.0', '1.23.1', '1.24.1', '1.26.0dev'),
  state: fc.constantFrom<PoolerDetail['state']>(null, 'active', 'paused', 'suspended'),
  databases: fc
    .record({
      poolSize: few,
      reservePoolSize: few,
      maxConnections: few,
      currentConnections: few,
      isPaused: fc.boolean(),
    })
    .map((database) => [madePoolerDatabase(database)]),
  lists: fc.record({ used_clients: few }),
  config: fc.record({ max_client_conn: few.map(String) }),
})

test('whatever is told, ratios are finite, idle servers count as free, and only those who wait press', () => {
  fc.assert(
    fc.property(pool, pooler, few, (told, detail, idle) => {
      const one = use(told, detail)
      const more = use({ ...told, serversIdle: told.serversIdle + idle }, detail)
      expect(more.busy).toBe(one.busy)
      for (const ratio of [one.busy, one.opened]) expect(ratio === null || Number.isFinite(ratio)).toBe(true)
      expect(one.opened === null || one.busy === null || one.openServers >= one.busyServers).toBe(true)
      expect(['waiting', 'serverless'].includes(one.condition) && told.clientsWaiting === 0).toBe(false)
      const isPaused = detail.databases[0]?.isPaused === true || ['paused', 'suspended'].includes(detail.state ?? '')
      expect(one.condition === 'paused').toBe(isPaused)
      expect(one.sentence).not.toMatch(/undefined|NaN|null|Infinity/)
    }),
  )
})

test('no limit is nearer than the nearest', () => {
  fc.assert(
    fc.property(pool, pooler, (told, detail) => {
      const full = madePooler({ pools: [madePool(told)], ...detail })
      const nearest = nearestLimit(madePool(told), full)
      const all = poolLimits(madePool(told), full)
      expect(nearest === null).toBe(all.length === 0)
      for (const { used, max } of all)
        expect(used / max).toBeLessThanOrEqual((nearest?.used ?? 0) / (nearest?.max ?? 1))
    }),
  )
})
