import { expect, test } from 'vitest'
import type { Facts } from '../define.ts'
import { resultOf, succeededSentence } from './result.ts'
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
  expect(facts).toEqual({ oldWritableAt: at(200), newWritableAt: at(1_800), isMeasuredThroughout: true })
})

test('the end of writing is kept the moment it is seen', () => {
  expect(
    watch([
      ['a', 0, true],
      ['a', 200, false],
    ]),
  ).toEqual({ oldWritableAt: at(0) })
})

test('a member that was writable at the first look gives no measurement', () => {
  const facts = watch([['b', 5_000, true]], { oldWritableAt: at(200) })
  expect(facts).toMatchObject({ oldWritableAt: at(200), newWritableAt: at(5_000), isMeasuredThroughout: false })
})

test('the end seen by one worker and the begin seen by the next make a measurement', () => {
  const facts = watch(
    [
      ['b', 900, false],
      ['b', 1_100, true],
    ],
    { oldWritableAt: at(200) },
  )
  expect(facts).toMatchObject({ newWritableAt: at(1_100), isMeasuredThroughout: true })
})

test('a leader that does not answer may still take writes: only its last good look counts', () => {
  const gap = new WriteGap('a', {})
  gap.saw('a', sight(0, true))
  expect(gap.saw('a', null)).toEqual({ oldWritableAt: at(0) })
  expect(gap.saw('a', sight(400, true))).toBeNull()
  expect(gap.saw('a', sight(600, false))).toEqual({ oldWritableAt: at(400) })
})

test('an interruption is told only where it was measured', () => {
  const plan = { leader: 'a', timeline: 4 } as const
  const measured = {
    newLeader: 'b',
    timelineAfter: 5,
    oldWritableAt: at(0),
    newWritableAt: at(1_600),
    isMeasuredThroughout: true,
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
  const guessed = { ...measured, isMeasuredThroughout: false }
  expect(resultOf(guessed, plan).interruptionMs).toBeNull()
  expect(resultOf(guessed, plan).interruptionBasis).toContain('Not measured')
  expect(succeededSentence(guessed, plan)).not.toContain('interrupted')
})

function watch(looks: [string, number, boolean][], known: Facts = {}): Facts {
  const gap = new WriteGap('a', known)
  const facts: Facts = {}
  for (const [member, ms, isWritable] of looks) Object.assign(facts, gap.saw(member, sight(ms, isWritable)))
  return facts
}

function sight(ms: number, isWritable: boolean): MemberSight {
  return { at: at(ms), state: 'running', isReplica: !isWritable, isWritable, timeline: 4 }
}

function at(ms: number): Date {
  return new Date(ms)
}
