import { expect, test } from 'vitest'
import type { HistoryLine } from '#domain/snapshot/patroni.ts'
import { resolveMs, settleMs } from '../lead/patience.ts'
import { judgeMove, type MoveOrder } from './judge-move.ts'
import type { MemberSight, Sighting } from '../lead/sighting.ts'

const order = {
  leader: 'a',
  candidate: 'b',
  timeline: 4,
  isStandbyCluster: false,
  endedBefore: null,
  isWatched: false,
}

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

test.each<[string, Partial<MoveOrder>, number | null, [number, string | null][] | null, object]>([
  [
    'b led and lost it again',
    {},
    6,
    [
      [3, 'a'],
      [4, 'b'],
      [5, 'a'],
    ],
    { kind: 'returned', by: 'b', timeline: 6 },
  ],
  ['a crashed and went on', {}, 5, [[4, 'a']], { kind: 'returned', by: null, timeline: 5 }],
  [
    'nobody saw who led',
    {},
    6,
    [
      [4, null],
      [5, 'a'],
    ],
    { kind: 'returned', by: null, timeline: 6 },
  ],
  ['the history is not written yet', {}, 6, [[3, 'a']], { kind: 'open' }],
  ['the same timeline says it, whatever the history does', {}, 4, [[4, 'b']], { kind: 'nothing' }],
  [
    'no timeline in the plan, nothing new in the history',
    { timeline: null, endedBefore: 3 },
    4,
    [[3, 'a']],
    { kind: 'nothing' },
  ],
  [
    'no timeline in the plan, b in the history',
    { timeline: null, endedBefore: 3 },
    6,
    [
      [3, 'a'],
      [4, 'b'],
      [5, 'a'],
    ],
    { kind: 'returned', by: 'b', timeline: 6 },
  ],
  ['no timeline in the plan and no history', { timeline: null, endedBefore: 3 }, 4, null, { kind: 'open' }],
  ['no timeline in the plan, the history before unknown', { timeline: null }, 4, [[3, 'a']], { kind: 'open' }],
  [
    'a standby cluster that was watched throughout',
    { isStandbyCluster: true, isWatched: true },
    4,
    [],
    { kind: 'nothing' },
  ],
  ['a standby cluster that was not', { isStandbyCluster: true }, 4, [], { kind: 'open' }],
])('the same leader: %s', (_name, known, timeline, history, judged) => {
  const sighting = seen('a', false, { timeline }, history?.map(([ended, by]) => line(ended, by)) ?? null)
  expect(judgeMove({ ...order, ...known }, sighting, true)).toEqual(judged)
  expect(judgeMove({ ...order, ...known }, sighting, false)).toEqual({ kind: 'open' })
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

function line(timeline: number, newLeader: string | null): HistoryLine {
  return { timeline, lsn: 0, reason: 'no recovery target specified', endedAt: null, newLeader }
}

function seen(
  leader: string | null,
  isMovePending: boolean | null,
  change: Partial<MemberSight> = {},
  history: HistoryLine[] | null = null,
): Sighting {
  const sight = {
    askedAt: new Date(0),
    at: new Date(0),
    state: 'running',
    isReplica: false,
    isWritable: true,
    timeline: 4,
    ...change,
  }
  return { dcs: { leader, isMovePending, history }, members: { a: sight } }
}
