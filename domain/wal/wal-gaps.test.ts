import fc from 'fast-check'
import { expect, test } from 'vitest'
import { madeArchive, segments, sizeBytes, wal } from '#domain/testing/backup-made.ts'
import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'
import { walGaps } from './wal-gaps.ts'
import { holesBetween, runsOf } from './wal-runs.ts'

const forkAt = (segment: number): TimelineHistory[] => [
  {
    timeline: 2,
    beganAt: null,
    ancestors: [
      { timeline: 1, endLsn: segment * sizeBytes + 500, reason: '', leftAt: null, endedAt: null, isAbandoned: false },
    ],
  },
]

test.each([
  ['none', segments(1, 1, 9), [], []],
  ['one segment', [...segments(1, 1, 3), ...segments(1, 5, 9)], [], [[1, 4, 4]]],
  [
    'two gaps',
    [...segments(1, 1, 2), ...segments(1, 5, 6), ...segments(1, 8, 9)],
    [],
    [
      [1, 3, 4],
      [1, 7, 7],
    ],
  ],
  ['a fork whose segment the parent never finished', [...segments(1, 1, 4), ...segments(2, 5, 9)], forkAt(5), []],
  ['a fork whose segment both have', [...segments(1, 1, 7), ...segments(2, 5, 9)], forkAt(5), []],
  ['the first segment of a timeline', [...segments(1, 1, 4), ...segments(2, 6, 9)], forkAt(5), [[2, 5, 5]]],
  ['the end of the parent', [...segments(1, 1, 3), ...segments(2, 5, 9)], forkAt(5), [[1, 4, 4]]],
  [
    'both sides of a fork',
    [...segments(1, 1, 3), ...segments(2, 7, 9)],
    forkAt(5),
    [
      [1, 4, 4],
      [2, 5, 6],
    ],
  ],
  ['a parent that has expired', segments(2, 7, 9), forkAt(5), []],
  ['a left branch', [...segments(1, 1, 6), ...segments(1, 8, 9), ...segments(2, 5, 9)], forkAt(5), [[1, 7, 7]]],
])('%s: the gaps are told by timeline', (_, listed, histories, gaps) => {
  expect(walGaps(madeArchive(listed), histories, sizeBytes)).toEqual(
    gaps.map(([timeline = 0, first = 0, last = 0]) => ({
      timeline,
      first: wal(timeline, first),
      last: wal(timeline, last),
      segments: last - first + 1,
      passedAt: expect.any(Date),
    })),
  )
})

const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1 })

test('runs and the holes between them are all there is from the first to the last', () => {
  fc.assert(
    fc.property(numbers, (given) => {
      const runs = runsOf(given)
      const spread = (list: typeof runs): number[] =>
        list.flatMap(({ first, last }) => segments(1, first, last).map(({ number }) => number))
      expect(spread(runs)).toEqual(given.toSorted((a, b) => a - b))
      const all = [...spread(runs), ...spread(holesBetween(runs))].toSorted((a, b) => a - b)
      expect(all).toEqual(segments(1, Math.min(...given), Math.max(...given)).map(({ number }) => number))
    }),
  )
})

test('what is taken away from an unbroken archive is what is told as missing', () => {
  fc.assert(
    fc.property(numbers, (taken) => {
      const inner = taken.filter((number) => number > 0 && number < 60)
      const listed = segments(1, 0, 60).filter(({ number }) => !inner.includes(number))
      const told = walGaps(madeArchive(listed), [], sizeBytes)
      expect(told.reduce((sum, gap) => sum + gap.segments, 0)).toBe(inner.length)
    }),
  )
})
