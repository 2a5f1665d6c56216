import { expect, test } from 'vitest'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { withMember } from '#domain/testing/change.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'
import { describeTopology } from './describe.ts'

const at = new Date('2026-11-23T12:00:00.000Z')
const healthy = healthyWorld(at)

function told(world: World): string {
  return describeTopology(takeSnapshot(null, readingsOf(world), at), at)
}

test('all four layers are told, from the clients down', () => {
  expect(told(healthy)).toBe(
    'HAProxy sends writes to pg-node-3. pgBouncer answers on pg-node-1, pg-node-2 and pg-node-3. pg-node-3 leads. pg-node-1 and pg-node-2 stream from pg-node-3. etcd: 3 of 3 members answer, and the leader key is held by pg-node-3.',
  )
})

test('a pooler that is silent is named', () => {
  const world = withMember(healthy, 'pg-node-2', { poolerDownSince: secondsBefore(at, 60) })
  expect(told(world)).toContain('pgBouncer answers on pg-node-1 and pg-node-3, but does not answer on pg-node-2.')
})

test('a pooler that was not looked at for long is not told to answer', () => {
  const seen = takeSnapshot(null, readingsOf(healthy), at)
  const later = new Date(at.getTime() + 60_000)
  expect(describeTopology(seen, later)).toContain('pgBouncer is not seen now on pg-node-1, pg-node-2 and pg-node-3.')
})

test('a layer that is not looked at is told as such', () => {
  expect(told({ ...healthy, haproxy: 'none', etcd: 'none' })).toMatch(/^HAProxy is not watched.*etcd is not watched/u)
})
