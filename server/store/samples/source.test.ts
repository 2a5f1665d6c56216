import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sourceOf } from './source.ts'

const dayMs = 86_400_000
const now = new Date('2026-11-25T00:00:00Z')
const retention = { raw: 3, minute: 30, tenMinutes: 100, hour: 730, day: 3_650 }
const done = new Map(
  ['minute', 'tenMinutes', 'hour', 'day'].map((resolution, n) => [resolution, new Date(now.getTime() - n * dayMs)]),
)
const known = { retention, done, now }
const ago = (ms: number) => new Date(now.getTime() - ms)

test.each([
  [3_600_000, 'raw', 360],
  [dayMs, 'minute', 720],
  [7 * dayMs, 'tenMinutes', 504],
  [31 * dayMs, 'hour', 744],
  [366 * dayMs, 'day', 366],
  [3_660 * dayMs, 'day', 916],
] as const)('the last %i ms are told in %s', (spanMs, resolution, points) => {
  const source = sourceOf({ from: ago(spanMs), to: now, points: 1_000 }, known)
  expect([source.resolution, source.buckets]).toEqual([resolution, points])
})

test.each([
  [2, 'raw'],
  [10, 'minute'],
  [60, 'tenMinutes'],
  [400, 'hour'],
  [1_000, 'day'],
] as const)('ten minutes of %i days ago come from what is still kept', (days, resolution) => {
  const from = ago(days * dayMs)
  expect(sourceOf({ from, to: new Date(from.getTime() + 600_000), points: 1_000 }, known).resolution).toBe(resolution)
})

test('what a table does not have yet is told by the finer ones, without a gap', () => {
  const { parts } = sourceOf({ from: ago(31 * dayMs), to: now, points: 1_000 }, known)
  expect(parts.map(({ table, from, to }) => [table.resolution, from, to])).toEqual([
    ['hour', ago(31 * dayMs), ago(2 * dayMs)],
    ['tenMinutes', ago(2 * dayMs), ago(dayMs)],
    ['minute', ago(dayMs), now],
  ])
  const nothingYet = sourceOf({ from: ago(dayMs), to: now, points: 10 }, { ...known, done: new Map() })
  expect(nothingYet.parts.map(({ table }) => table.resolution)).toEqual(['raw'])
})

test('whatever is asked, there are no more points than asked for, and they cover it', () => {
  const moment = fc.integer({ min: 0, max: 10 * 366 * 86_400 }).map((seconds) => ago(seconds * 1000))
  fc.assert(
    fc.property(
      moment,
      fc.integer({ min: 1, max: 366 * dayMs }),
      fc.integer({ min: 1, max: 1_000 }),
      (from, ms, points) => {
        const to = new Date(from.getTime() + ms)
        const source = sourceOf({ from, to, points }, known)
        const endMs = source.from.getTime() + source.buckets * source.stepSeconds * 1000
        expect(source.buckets).toBeLessThanOrEqual(points)
        expect(source.from.getTime()).toBeLessThanOrEqual(from.getTime())
        expect(endMs).toBeGreaterThanOrEqual(to.getTime())
        expect(source.parts.at(0)?.from).toEqual(source.from)
        expect(source.parts.at(-1)?.to).toEqual(to)
        const ends = source.parts.map((part) => part.to)
        expect(source.parts.slice(1).map((part) => part.from)).toEqual(ends.slice(0, -1))
      },
    ),
  )
})
