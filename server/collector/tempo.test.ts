import { expect, test } from 'vitest'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { neverSeen } from '#domain/snapshot/reading.ts'
import { movementOf, Tempo } from './tempo.ts'

const base = takeSnapshot(
  null,
  {
    clusterId: 'c',
    clusterName: 'c',
    members: [
      { name: 'a', apiUrl: 'http://a:8008', status: neverSeen, clusterView: neverSeen, postgres: null, pooler: null },
    ],
    etcd: null,
    haproxy: null,
    config: neverSeen,
    history: neverSeen,
  },
  new Date(0),
)

function member(name: string, more: Partial<MemberSnapshot> = {}): MemberSnapshot {
  const [first] = base.members
  if (first === undefined) throw new Error('The base snapshot has a member.')
  return { ...first, name, state: 'running', timeline: 3, isWritable: false, ...more }
}

function snapshot(more: Partial<Snapshot> = {}): Snapshot {
  const members = [member('a', { isWritable: true }), member('b', { state: 'streaming' })]
  return { ...base, leader: { name: 'a', since: null, historySince: null }, leaderSource: 'etcd', members, ...more }
}

test('a cluster with a writable leader and running members is still', () => {
  expect(movementOf(snapshot())).toBe('')
})

test.each([
  ['nobody leads', snapshot({ leader: null }), 'leader'],
  ['the leader does not write yet', snapshot({ members: [member('a'), member('b')] }), 'leader'],
  [
    'a member starts',
    snapshot({ members: [member('a', { isWritable: true }), member('b', { state: 'starting' })] }),
    'b',
  ],
  [
    'a member is on an older timeline',
    snapshot({ members: [member('a', { isWritable: true }), member('b', { timeline: 2 })] }),
    'b',
  ],
  [
    'a missing member is in a state',
    snapshot({
      members: [member('a', { isWritable: true }), member('b', { state: 'stopped', missingSince: new Date(0) })],
    }),
    '',
  ],
  ['nothing can be seen', snapshot({ leader: null, leaderSource: 'none' }), ''],
])('when %s, what moves is told', (_, seen, movement) => {
  expect(movementOf(seen)).toBe(movement)
})

test('looks are slow at rest, fast while something moves and for a moment after', () => {
  const tempo = new Tempo()
  tempo.note(snapshot(), 100_000)
  expect(tempo.beatMs(100_000)).toBe(2_000)
  tempo.note(snapshot({ leader: null }), 101_000)
  expect(tempo.beatMs(101_000)).toBe(250)
  tempo.note(snapshot(), 105_000)
  expect(tempo.beatMs(109_000)).toBe(250)
  expect(tempo.beatMs(111_000)).toBe(2_000)
})

test('a movement that does not end is looked at fast for a minute only', () => {
  const tempo = new Tempo()
  const sick = snapshot({ members: [member('a', { isWritable: true }), member('b', { state: 'start failed' })] })
  tempo.note(snapshot(), 100_000)
  tempo.note(sick, 101_000)
  tempo.note(sick, 160_000)
  expect(tempo.beatMs(160_900)).toBe(250)
  expect(tempo.beatMs(161_100)).toBe(2_000)
  tempo.note({ ...sick, leader: null }, 300_000)
  expect(tempo.beatMs(300_000)).toBe(250)
})

test('an operation may ask for fast looks, at most ten minutes ahead', () => {
  const tempo = new Tempo()
  tempo.hurry(Number.MAX_SAFE_INTEGER, 1_000)
  expect(tempo.isFast(1_000)).toBe(true)
  expect(tempo.isFast(600_999)).toBe(true)
  expect(tempo.isFast(601_001)).toBe(false)
})

test('an operation that looks by itself ends its hurry, but not the haste after a change of the leader', () => {
  const tempo = new Tempo()
  tempo.hurry(60_000, 10_000)
  tempo.hurry(10_000, 10_000)
  expect(tempo.isFast(10_001)).toBe(false)
  tempo.keepUp(25_000)
  tempo.hurry(10_002, 10_002)
  expect(tempo.isFast(24_999)).toBe(true)
})

test('whoever moves the cluster may have it looked at as at rest, until somebody hurries', () => {
  const tempo = new Tempo()
  tempo.note(snapshot(), 0)
  tempo.note(snapshot({ leader: null }), 10_000)
  expect(tempo.isFast(11_000)).toBe(true)
  tempo.calm(71_000, 11_000)
  expect(tempo.isFast(12_000)).toBe(false)
  tempo.hurry(20_000, 13_000)
  expect(tempo.isFast(14_000)).toBe(true)
  tempo.calm(74_000, 14_000)
  expect(tempo.isFast(15_000)).toBe(false)
  expect(tempo.isFast(60_000)).toBe(false)
})

test('calm is kept until its moment, and not while somebody hurries', () => {
  const tempo = new Tempo()
  tempo.calm(10_000, 0)
  expect([tempo.isCalm(9_999), tempo.isCalm(10_000)]).toEqual([true, false])
  tempo.hurry(5_000, 1_000)
  expect([tempo.isCalm(2_000), tempo.isCalm(6_000)]).toEqual([false, false])
})

test('calm ends by itself', () => {
  const tempo = new Tempo()
  tempo.note(snapshot(), 0)
  tempo.calm(12_000, 8_000)
  tempo.note(snapshot({ leader: null }), 10_000)
  expect(tempo.isFast(11_000)).toBe(false)
  expect(tempo.isFast(12_500)).toBe(true)
})
