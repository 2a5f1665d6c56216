import { expect, test } from 'vitest'
import type { Facts } from '../define.ts'
import { interruptionOf } from '../switchover/interruption.ts'
import { resultOf, succeededSentence } from '../switchover/result.ts'
import type { MemberSight } from './sighting.ts'
import { WriteGap } from './write-gap.ts'

test('the gap runs from the last look that found the old leader writable to the first that found another so', () => {
  const facts = watch([
    ['a', 0, true],
    ['b', 0, false],
    ['a', 200, true],
    ['a', 400, false],
    ['b', 1_600, false],
    ['b', 1_800, true],
    ['b', 2_000, true],
  ])
  expect(facts).toEqual({
    oldWritableAt: at(200),
    oldStoppedAt: at(400),
    readOnly: [{ member: 'b', at: at(1_600) }],
    newWritableAt: at(1_800),
  })
})

test('the end of writing is kept the moment it is seen', () => {
  expect(
    watch([
      ['a', 0, true],
      ['a', 200, false],
    ]),
  ).toEqual({ oldWritableAt: at(0), oldStoppedAt: at(200), readOnly: [] })
})

test('a member that was writable at the first look gives no measurement', () => {
  const facts = watch([['b', 5_000, true]], { oldWritableAt: at(200) })
  expect(facts).toMatchObject({ oldWritableAt: at(200), newWritableAt: at(5_000), readOnly: [] })
  expect(interruptionOf({ ...facts, newLeader: 'b' }, 'a')).toEqual({
    interruptionMs: null,
    interruptionBasis:
      'Not measured: the first look at b found that it took writes already. a was last seen to take writes at 00:00:00.200 UTC, b first at 00:00:05.000 UTC.',
  })
})

test('the end seen by one worker and the begin seen by the next make a measurement', () => {
  const facts = watch(
    [
      ['b', 900, false],
      ['b', 1_100, true],
    ],
    { oldWritableAt: at(200) },
  )
  expect(interruptionOf({ ...facts, newLeader: 'b' }, 'a').interruptionMs).toBe(900)
})

test('a leader that does not answer may still take writes: only its last good look counts', () => {
  const gap = new WriteGap('a', {})
  gap.saw('a', sight(0, true))
  expect(gap.saw('a', null)).toEqual({ oldWritableAt: at(0), oldStoppedAt: null, readOnly: [] })
  expect(gap.saw('a', sight(400, true))).toBeNull()
  expect(gap.saw('a', sight(600, false))).toEqual({ oldWritableAt: at(400), oldStoppedAt: at(600), readOnly: [] })
})

test('a look that hung says when it was asked for the end of writing, and when it was answered for the begin', () => {
  const facts = watch([
    ['a', 0, true, 1_400],
    ['a', 1_600, false],
    ['b', 1_800, false, 2_500],
    ['b', 2_600, true, 3_000],
  ])
  expect(facts).toMatchObject({ oldWritableAt: at(0), oldStoppedAt: at(1_600), newWritableAt: at(3_000) })
  expect(interruptionOf({ ...facts, newLeader: 'b' }, 'a')).toEqual({
    interruptionMs: 3_000,
    interruptionBasis:
      'a was last seen to take writes at 00:00:00.000 UTC, b first at 00:00:03.000 UTC. The look after the first came 1.6 s later and the look before the second 1.2 s earlier, so the true interruption may be up to 2.8 s shorter.',
  })
})

test('what nobody looked at for a while is not measured', () => {
  const [early, late] = [{ oldWritableAt: at(0), readOnly: [{ member: 'b', at: at(0) }] }, { newWritableAt: at(9_000) }]
  const unwatched = (facts: Facts) => interruptionOf({ ...early, ...late, newLeader: 'b', ...facts }, 'a')
  expect(unwatched({})).toMatchObject({
    interruptionMs: null,
    interruptionBasis: expect.stringContaining('no look at a told anything between 00:00:00.000 UTC and 00:00:09.000'),
  })
  expect(unwatched({ oldStoppedAt: at(200) })).toMatchObject({
    interruptionMs: null,
    interruptionBasis: expect.stringContaining('no look at b told anything between'),
  })
})

test('an end of writing that was not seen, and a standby cluster, have no interruption', () => {
  expect(interruptionOf({ newLeader: 'b', newWritableAt: at(900) }, 'a').interruptionBasis).toBe(
    'Not measured: a was not seen to take writes just before the lead moved.',
  )
  expect(interruptionOf({ newLeader: 'b', isStandbyCluster: true }, 'a')).toEqual({
    interruptionMs: null,
    interruptionBasis: 'There was none to measure: a standby cluster takes no writes.',
  })
})

test('an interruption is told only where it was measured', () => {
  const plan = { leader: 'a', timeline: 4 } as const
  const measured = {
    newLeader: 'b',
    timelineAfter: 5,
    oldWritableAt: at(0),
    oldStoppedAt: at(200),
    readOnly: [{ member: 'b', at: at(1_400) }],
    newWritableAt: at(1_600),
  }
  expect(resultOf(measured, plan)).toMatchObject({
    newLeader: 'b',
    oldLeader: 'a',
    timelineBefore: 4,
    timelineAfter: 5,
    interruptionMs: 1_600,
    interruptionBasis: expect.stringContaining('a was last seen to take writes at 00:00:00.000 UTC'),
  })
  expect(succeededSentence(measured, plan)).toBe(
    'Switched over to b: it leads on timeline 5, and every member follows. Writes were interrupted for 1.6 s.',
  )
  const guessed = { ...measured, newWritableBy: 'collector' } as const
  expect(resultOf(guessed, plan).interruptionMs).toBeNull()
  expect(resultOf(guessed, plan).interruptionBasis).toContain('Not measured')
  expect(succeededSentence(guessed, plan)).not.toContain('interrupted')
})

function watch(looks: [string, number, boolean, number?][], known: Facts = {}): Facts {
  const gap = new WriteGap('a', known)
  const facts: Facts = {}
  for (const [member, ms, isWritable, answeredMs = ms] of looks) {
    Object.assign(facts, gap.saw(member, { ...sight(ms, isWritable), at: at(answeredMs) }))
  }
  return facts
}

function sight(ms: number, isWritable: boolean): MemberSight {
  return { askedAt: at(ms), at: at(ms), state: 'running', isReplica: !isWritable, isWritable, timeline: 4 }
}

function at(ms: number): Date {
  return new Date(ms)
}
