import { expect, test } from 'vitest'
import { narrate } from './narrate.ts'
import type { MemberSight, Sighting } from './sighting.ts'

test('a switchover is told as it is seen', () => {
  const running = seen('a', { a: member({}), b: member({ isWritable: false }) })
  const stopping = seen('a', { a: member({ state: 'stopping', isWritable: false }), b: member({ isWritable: false }) })
  const free = { ...stopping, dcs: { leader: null, isMovePending: true, history: null } }
  const held = { ...stopping, dcs: { leader: 'b', isMovePending: false, history: null } }
  const writing = seen('b', { a: member({ state: 'stopping', isWritable: false }), b: member({ timeline: 5 }) })
  expect(narrate(running, stopping)).toEqual(['a takes no writes any more', 'a is stopping'])
  expect(narrate(stopping, free)).toEqual(['leader key free'])
  expect(narrate(free, held)).toEqual(['b holds the leader key'])
  expect(narrate(held, writing)).toEqual(['b takes writes', 'b is on timeline 5'])
})

test('the first look at a member or the key is no change', () => {
  const nothing: Sighting = { dcs: null, members: { a: null } }
  expect(narrate(nothing, seen('a', { a: member({}) }))).toEqual([])
})

test('a member that falls silent is told', () => {
  expect(narrate(seen('a', { a: member({}) }), seen('a', { a: null }))).toEqual(['a does not answer'])
})

function seen(leader: string, members: Sighting['members']): Sighting {
  return { dcs: { leader, isMovePending: false, history: null }, members }
}

function member(change: Partial<MemberSight>): MemberSight {
  return {
    askedAt: new Date(0),
    at: new Date(0),
    state: 'running',
    isReplica: false,
    isWritable: true,
    timeline: 4,
    ...change,
  }
}
