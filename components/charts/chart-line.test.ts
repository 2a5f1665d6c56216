import { expect, test } from 'vitest'
import { hasSpread, leadSpans, lonePoints, newestPoint, pointAt, pointOf } from './chart-line.ts'

const time = { from: new Date('2026-11-23T12:00:00Z'), stepMs: 60_000, points: 60 }

test('a moment lies in the point that began before it', () => {
  expect(pointOf(time, new Date('2026-11-23T12:01:59Z'))).toBe(1)
  expect(pointAt(time, 1)).toEqual(new Date('2026-11-23T12:01:00Z'))
  expect(pointOf(time, new Date('2026-11-23T11:59:59Z'))).toBeNull()
  expect(pointOf(time, new Date('2026-11-23T13:00:00Z'))).toBeNull()
})

test('the newest point is that of any line; without a value there is none', () => {
  expect(newestPoint([{ avg: [1, null, null] }, { avg: [null, 0, null] }])).toBe(1)
  expect(newestPoint([{ avg: [null, null] }])).toBeNull()
  expect(newestPoint([])).toBeNull()
})

test('what stands alone between holes is found, at the ends too', () => {
  expect(lonePoints([1, null, 0, null, 3, 4, null, 5])).toEqual([0, 2, 7])
  expect(lonePoints([null, null])).toEqual([])
  expect(lonePoints([7])).toEqual([0])
})

test('a line whose lowest and highest are its mean has no band', () => {
  expect(hasSpread({ min: [1, null, 2], max: [1, null, 2] })).toBe(false)
  expect(hasSpread({ min: [1, 1], max: [1, 2] })).toBe(true)
})

test('each time it led is a span of its own', () => {
  expect(leadSpans([true, true, false, true, false])).toEqual([
    { first: 0, last: 1 },
    { first: 3, last: 3 },
  ])
  expect(leadSpans([false])).toEqual([])
})
