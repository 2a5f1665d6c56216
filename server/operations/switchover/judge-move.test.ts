import { expect, test } from 'vitest'
import { judgeMove, resolveMs, settleMs } from './judge-move.ts'
import type { MemberSight, Sighting } from './sighting.ts'

const order = { leader: 'a', candidate: 'b', timeline: 4 }

test.each([
  ['the candidate holds the key', seen('b', false), true, { kind: 'moved', to: 'b' }],
  ['the candidate holds the key and it is early', seen('b', true), false, { kind: 'moved', to: 'b' }],
  ['another member holds the key', seen('c', false), true, { kind: 'elsewhere', to: 'c' }],
  ['nobody holds the key', seen(null, null), true, { kind: 'open' }],
  ['the key cannot be seen', { ...seen('a', false), dcs: null }, true, { kind: 'open' }],
  ['the leader is the same and the request waits', seen('a', true), true, { kind: 'open' }],
  ['the leader is the same, but it is early', seen('a', false), false, { kind: 'open' }],
  ['the leader is the same, runs on, and time has passed', seen('a', false), true, { kind: 'nothing' }],
  ['the leader is the same and is stopping', seen('a', false, { state: 'stopping' }), true, { kind: 'open' }],
  ['the leader is the same on a newer timeline', seen('a', false, { timeline: 5 }), true, { kind: 'open' }],
  ['the leader does not answer', { ...seen('a', false), members: { a: null } }, true, { kind: 'open' }],
  ['nothing waits as far as members say', seen('a', null), true, { kind: 'nothing' }],
])('%s', (_name, sighting, isSettled, judged) => {
  expect(judgeMove(order, sighting, isSettled)).toEqual(judged)
})

test('whoever leads then is right where Patroni was to choose', () => {
  expect(judgeMove({ ...order, candidate: null }, seen('c', false), true)).toEqual({ kind: 'moved', to: 'c' })
})

test('where the waiting request cannot be seen it is given the time that Patroni gives it', () => {
  expect(settleMs(true, 10)).toBe(10_000)
  expect(settleMs(false, 10)).toBe(30_000)
  expect(settleMs(false, 30)).toBe(90_000)
  expect(resolveMs({ ttlSeconds: 30, loopWaitSeconds: 10 })).toBe(50_000)
  expect(resolveMs(null)).toBe(50_000)
})

function seen(leader: string | null, isMovePending: boolean | null, change: Partial<MemberSight> = {}): Sighting {
  const sight = {
    askedAt: new Date(0),
    at: new Date(0),
    state: 'running',
    isReplica: false,
    isWritable: true,
    timeline: 4,
    ...change,
  }
  return { dcs: { leader, isMovePending }, members: { a: sight } }
}
