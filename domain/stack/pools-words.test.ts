import { expect, test } from 'vitest'
import { madeLooked } from '#domain/testing/looked-made.ts'
import { madePool, madePooler, madePoolerDatabase } from '#domain/testing/pooler-made.ts'
import { poolerConfigDiffering } from './pooler-config-differing.ts'
import type { PoolerDetail } from './pooler-detail.ts'
import { poolsSideBySide, type PoolerTold } from './pools-told.ts'
import { heldSentence, poolsSentence, poolsWorries, sharedLimits } from './pools-worries.ts'

const now = new Date('2026-11-26T06:00:00Z')

function at(member: string, change: Partial<PoolerDetail> = {}, seenAt = now): PoolerTold {
  const detail = madePooler(change)
  return { member, detail, looked: madeLooked(detail, seenAt) }
}

const waiting = madePool({ user: 'batch', serversActive: 20, clientsWaiting: 7, maxWaitSeconds: 3.2 })

test('pools that clients wait for stand first, at every pooler', () => {
  const told = [at('a', { pools: [madePool({ serversActive: 9 }), waiting] }), at('b', { pools: [madePool()] })]
  expect(poolsSideBySide(told).map(({ user, uses }) => [user, uses.map((use) => use?.busyServers ?? null)])).toEqual([
    ['batch', [20, null]],
    ['app', [9, 0]],
  ])
  const worries = poolsWorries(told, now)
  expect(poolsSentence(told, worries, now)).toBe(
    'On a: All 20 servers of orders/batch are in use, 7 clients wait, the longest for 3.2 s.',
  )
})

test('poolers nobody waits at are told by what is in use, and old ones by nothing', () => {
  const told = [at('a', { pools: [madePool({ clientsActive: 30, serversActive: 5 })] }), at('b', { pools: [] })]
  expect(poolsSentence(told, [], now)).toBe(
    'No client waits at any of 2 pgBouncers: 30 clients are connected and 5 servers in use.',
  )
  const old = [at('a', { pools: [waiting] }, new Date(now.getTime() - 60_000))]
  expect(poolsWorries(old, now)).toEqual([])
  expect(poolsSentence(old, [], now)).toBe('No pgBouncer tells this console of itself now.')
})

test('what somebody paused or disabled is told apart from what is down', () => {
  const paused = madePoolerDatabase({ isPaused: true })
  expect(heldSentence(at('a', { databases: [paused, madePoolerDatabase({ name: 'b', isDisabled: true })] }))).toBe(
    'At pgBouncer on a, orders is paused, so clients wait; b is disabled and takes no new clients.',
  )
  expect(heldSentence(at('a', { state: 'paused' }))).toContain('is paused')
  expect(heldSentence(at('a'))).toBeNull()
})

test('a limit that pools share is told once', () => {
  const detail = madePooler({
    pools: [madePool(), madePool({ user: 'batch' })],
    databases: [madePoolerDatabase({ maxConnections: 50, currentConnections: 48 })],
  })
  expect(sharedLimits(detail)).toEqual([{ kind: 'database-servers', name: 'orders', used: 48, max: 50 }])
})

test('poolers that are set differently are told by what differs', () => {
  const told = [
    at('a', { config: { default_pool_size: '20', listen_addr: '10.0.0.1' } }),
    at('b', { config: { default_pool_size: '25', listen_addr: '10.0.0.2' } }),
  ]
  expect(poolerConfigDiffering(told).map(({ name }) => name)).toEqual(['default_pool_size'])
})
