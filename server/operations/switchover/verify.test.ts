import { expect, test } from 'vitest'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { withMember } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'
import { succeededSentence } from './result.ts'
import { followingOf } from '../lead/followed.ts'
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

test('who followed neither before nor now is named, and success is not told of everybody', () => {
  const lame = { timeline: 3, state: 'running', streamsFrom: null } as const
  const gone = { isListed: false, rest: { problem: 'refused', since: now }, streamsFrom: null } as const
  for (const change of [lame, gone]) {
    const snapshot = follow(healthyWorld(secondsBefore(now, 1)), withMember(healthyWorld(now), 'pg-node-2', change))
    expect(faultIn(snapshot, { ...facts, followersBefore: ['pg-node-3'] }, 'pg-node-1', now)).toBeNull()
    const found = followingOf(snapshot, 'pg-node-3')
    expect(found).toEqual({ followersAfter: ['pg-node-1'], leftOut: ['pg-node-2'] })
    expect(succeededSentence({ ...facts, timelineAfter: 4, ...found }, { leader: 'pg-node-1' })).toBe(
      'Switched over to pg-node-3: it leads on timeline 4, and pg-node-1 follows. pg-node-2 did not follow before and does not now.',
    )
  }
})

function fault(world: World): string | null {
  return faultIn(snapshotOf(world), facts, 'pg-node-1', now)
}

function snapshotOf(world: World) {
  return takeSnapshot(null, readingsOf(world), now)
}
