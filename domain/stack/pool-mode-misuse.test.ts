import { expect, test } from 'vitest'
import { madePool, madePooler } from '#domain/testing/pooler-made.ts'
import { poolModeMisuse } from './pool-mode-misuse.ts'
import type { Pool, PoolerDetail } from './pooler-detail.ts'

function misuse(pool: Partial<Pool>, more: Partial<PoolerDetail> = {}) {
  return poolModeMisuse(madePooler({ pools: [madePool(pool)], ...more }))
}

const sound = { max_prepared_statements: '200', server_reset_query: 'DISCARD ALL', server_reset_query_always: '0' }

test('a pool as it should be has nothing to tell, full or not', () => {
  expect(misuse({ serversActive: 20 }, { config: sound })).toEqual([])
  expect(misuse({ mode: 'session', serversActive: 5 }, { config: sound })).toEqual([])
})

test('clients that hold nearly all servers in session mode are told, and who waits for them', () => {
  const [held] = misuse({ mode: 'session', serversActive: 20, clientsWaiting: 7 }, { config: sound })
  expect(held).toMatchObject({ database: 'orders', user: 'app' })
  expect(held?.sentence).toContain('20 of 20 servers of orders/app are each held by one client')
  expect(held?.sentence).toContain('7 wait')
  expect(misuse({ mode: 'session', serversActive: 18 }, { config: sound })).toHaveLength(1)
})

test('prepared statements that transaction mode breaks are told, and whether the version could keep them', () => {
  const config = { ...sound, max_prepared_statements: '0' }
  expect(misuse({}, { config })[0]?.sentence).toContain('Prepared statements')
  expect(misuse({}, { config: sound })).toEqual([])
  // An older one knows no such setting, and one that does not tell it may keep them.
  expect(misuse({}, { version: '1.18.0', config: {} })[0]?.sentence).toContain('pgBouncer 1.18.0 does not keep them')
  expect(misuse({}, { config: {} })).toEqual([])
  expect(misuse({}, { version: 'none', config: {} })).toEqual([])
})

test('a reset after each transaction is told once for a database', () => {
  const config = { ...sound, server_reset_query_always: '1' }
  const pools = [madePool(), madePool({ user: 'batch' })]
  expect(poolModeMisuse(madePooler({ pools, config }))).toMatchObject([
    { database: 'orders', user: null, sentence: expect.stringContaining('DISCARD ALL') },
  ])
})

test('statement mode and sessions that are not reset are told', () => {
  expect(misuse({ mode: 'statement' }, { config: sound })[0]?.sentence).toContain('more than one statement')
  const config = { ...sound, server_reset_query: '' }
  expect(misuse({ mode: 'session' }, { config })[0]?.sentence).toContain('as the last one left it')
  // Not told is not empty.
  expect(misuse({ mode: 'session' }, { config: {} })).toEqual([])
})
