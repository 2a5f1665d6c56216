import { expect, test } from 'vitest'
import { takeSnapshot } from '#domain/snapshot-of.ts'
import { withMember } from '#domain/testing/change.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld, type World } from '#domain/testing/world.ts'
import { faultIn } from './verify.ts'

const now = new Date('2026-11-23T12:00:00.000Z')
// pg-node-3 leads at work; it is the one that the lead was to move to.
const facts = { newLeader: 'pg-node-3', followersBefore: ['pg-node-2', 'pg-node-3'] }

test('all is well when the new leader works and everybody follows', () => {
  expect(fault(healthyWorld(now))).toBeNull()
})

test('the old leader must follow', () => {
  expect(
    fault(withMember(healthyWorld(now), 'pg-node-1', { postgres: null, state: 'stopped', streamsFrom: null })),
  ).toContain('pg-node-1 does not follow')
})

test('a member that followed before must follow again, on the same timeline', () => {
  expect(fault(withMember(healthyWorld(now), 'pg-node-2', { timeline: 3 }))).toContain('pg-node-2 does not follow')
})

test('somebody who leads by now is no success', () => {
  const found = faultIn(snapshotOf(healthyWorld(now)), { ...facts, newLeader: 'pg-node-2' }, 'pg-node-1', now)
  expect(found).toBe('pg-node-3 leads by now')
})

function fault(world: World): string | null {
  return faultIn(snapshotOf(world), facts, 'pg-node-1', now)
}

function snapshotOf(world: World) {
  return takeSnapshot(null, readingsOf(world), now)
}
