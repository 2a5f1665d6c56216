import { expect, test } from 'vitest'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { liveTrafficOf } from '#domain/stack/live-traffic.ts'
import { madeLooked, madeMember, madeStack } from '#domain/testing/looked-made.ts'
import { madePool, madePooler } from '#domain/testing/pooler-made.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { madeDatabase, madeHaproxy, madePostgres } from '#domain/testing/stack-made.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { liveNumbers } from './live-numbers.ts'
import { countOn, noRates } from './live-rates.ts'
import { poolWords, rateWords, sessionWords } from './live-words.ts'

const now = new Date('2026-11-26T06:00:00Z')
const later = new Date(now.getTime() + 10_000)
const snapshot = takeSnapshot(null, readingsOf(healthyWorld(now)), now)

function trafficOf(seenAt: Date, commitsTotal: number) {
  const pool = madePool({ serversActive: 18, clientsWaiting: 7 })
  const stack = madeStack(seenAt, {
    members: [
      madeMember('pg-node-3', {
        postgres: madeLooked(madePostgres({ databases: [madeDatabase('app', { commitsTotal })] }), seenAt),
        pooler: madeLooked(madePooler({ pools: [pool] }), seenAt),
      }),
    ],
    haproxy: madeLooked(madeHaproxy({ name: 'pg-node-3', sessions: 18 }), seenAt),
  })
  return liveTrafficOf(stack)
}

test('what passes through each layer is told of this moment', () => {
  const { members } = liveNumbers(trafficOf(now, 0), noRates, snapshot, now)
  const [member] = members
  expect(member && [sessionWords(member), poolWords(member)]).toEqual(['18 sessions', '18 / 20 busy, 7 wait'])
  expect(rateWords(member?.transactionsPerSecond ?? null)).toBeNull()
})

test('numbers that are old are not told', () => {
  const { members, clients } = liveNumbers(trafficOf(now, 0), noRates, snapshot, new Date(now.getTime() + 60_000))
  expect(clients).toBeNull()
  expect(members).toMatchObject([{ sessions: null, pool: null, transactionsPerSecond: null }])
})

test('numbers of before the leader changed are not told, however young', () => {
  const leader = { name: 'pg-node-3', since: new Date(now.getTime() + 1_000), historySince: null }
  const { members, clients } = liveNumbers(trafficOf(now, 0), noRates, { ...snapshot, leader }, later)
  expect(clients).toBeNull()
  expect(members).toMatchObject([{ sessions: null, pool: null, transactionsPerSecond: null }])
})

test('a rate is of two looks, stays while there is no newer one, and is not known after a counter began anew', () => {
  const first = countOn(noRates, trafficOf(now, 1000))
  expect(first.get('pg-node-3')?.rate).toBeNull()
  const second = countOn(first, trafficOf(later, 14_400))
  expect(rateWords(second.get('pg-node-3')?.rate ?? null)).toBe('1,340 tx/s')
  expect(countOn(second, trafficOf(later, 14_400))).toEqual(second)
  expect(countOn(second, trafficOf(new Date(later.getTime() + 10_000), 3)).get('pg-node-3')?.rate).toBeNull()
})
