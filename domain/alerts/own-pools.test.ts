import { expect, test } from 'vitest'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { poolerStack } from '#domain/testing/pooler-stack.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { ownPools } from './own-pools.ts'

const noon = new Date('2026-11-26T12:00:00.000Z')
const world = healthyWorld(noon)
const snapshot = takeSnapshot(null, readingsOf(world), noon)
const addressOf = (name: string) => world.members.find((member) => member.name === name)?.host ?? ''

test.each([
  ['this machine', '127.0.0.1', true],
  ['its socket', null, true],
  ['its own address', addressOf('pg-node-1'), true],
  ['another member', addressOf('pg-node-3'), false],
  ['a proxy', '10.9.9.9', false],
])('a pool that leads to %s', (_, host, isOwn) => {
  const stack = poolerStack(snapshot, { 'pg-node-1': [{ name: 'orders', host }] }, noon)
  expect(ownPools(snapshot, stack).has('pg-node-1 orders/app')).toBe(isOwn)
})

test('of a pooler that never told, or not of this database, nothing is known', () => {
  expect(ownPools(snapshot, null).size).toBe(0)
  const stack = poolerStack(snapshot, { 'pg-node-1': [{ name: 'billing', host: '127.0.0.1' }] }, noon)
  expect([...ownPools(snapshot, stack)]).toEqual(['pg-node-2 orders/app', 'pg-node-3 orders/app'])
})
