import { expect, test } from 'vitest'
import { beatOf, stepOf, windowOf } from './range-window.ts'
import { lasts, lengthOf } from './time-range.ts'

const now = new Date('2026-11-23T12:00:07.300Z')
const second = 1000

test('each stretch is drawn with enough points, and never more than a line can show', () => {
  for (const { name } of lasts) {
    const { from, to, points, stepMs } = windowOf({ kind: 'last', last: name }, now)
    expect(points).toBeGreaterThan(250)
    expect(points).toBeLessThanOrEqual(401)
    expect(to.getTime() - from.getTime()).toBe(points * stepMs)
  }
})

test('a minute is not cut finer than the looks are', () => {
  expect(stepOf(60 * second)).toBe(5 * second)
  expect(stepOf(730 * 86_400 * second)).toBe(2 * 86_400 * second)
})

test('what follows now is asked for no more often than every 10 s, and moves with the beat', () => {
  expect(beatOf({ kind: 'last', last: '1h' })).toBe(10 * second)
  expect(beatOf({ kind: 'last', last: '24h' })).toBe(300 * second)
  const hour = windowOf({ kind: 'last', last: '1h' }, now)
  expect(hour.to).toEqual(new Date('2026-11-23T12:00:00Z'))
  expect(hour).toEqual(windowOf({ kind: 'last', last: '1h' }, new Date('2026-11-23T12:00:09.999Z')))
  expect(hour).not.toEqual(windowOf({ kind: 'last', last: '1h' }, new Date('2026-11-23T12:00:10Z')))
})

test('what stands still takes in both its ends, whatever the time', () => {
  const range = { kind: 'fixed', from: new Date('2026-11-23T09:00:03Z'), to: new Date('2026-11-23T09:10:01Z') } as const
  const { from, to } = windowOf(range, now)
  expect(from).toEqual(new Date('2026-11-23T09:00:00Z'))
  expect(to).toEqual(new Date('2026-11-23T09:10:05Z'))
  expect(windowOf(range, new Date(0))).toEqual(windowOf(range, now))
  expect(to.getTime() - from.getTime()).toBeGreaterThanOrEqual(lengthOf(range))
})
