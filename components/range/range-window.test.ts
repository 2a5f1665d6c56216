import { expect, test } from 'vitest'
import { refreshOf, stepOf, windowOf } from './range-window.ts'
import { lasts, lengthOf } from './time-range.ts'

const now = new Date('2026-11-23T12:00:07.300Z')
const second = 1000
const hour = { kind: 'last', last: '1h' } as const
const fixed = (from: string, to: string) => ({ kind: 'fixed', from: new Date(from), to: new Date(to) }) as const

test('each stretch is drawn with enough points, and never more than a line can show', () => {
  for (const { name, ms } of lasts) {
    const { from, to, points, stepMs } = windowOf({ kind: 'last', last: name }, now)
    expect(points).toBeGreaterThan(250)
    expect(points).toBeLessThanOrEqual(401)
    expect(to.getTime() - from.getTime()).toBe(points * stepMs)
    expect(points * stepMs).toBe(ms)
  }
})

test('what follows now takes now in, however long a point is', () => {
  for (const { name } of lasts) {
    const { to, stepMs } = windowOf({ kind: 'last', last: name }, now)
    expect(to.getTime()).toBeGreaterThanOrEqual(now.getTime())
    expect(to.getTime() - now.getTime()).toBeLessThan(stepMs)
  }
})

test('a minute is not cut finer than the samples are', () => {
  expect(stepOf(fixed('2026-11-23T09:00:00Z', '2026-11-23T09:01:00Z'))).toBe(10 * second)
  expect(stepOf(fixed('2024-11-23T09:00:00Z', '2026-11-23T09:00:00Z'))).toBe(2 * 86_400 * second)
})

test('what follows now moves by whole steps of 10 s or more, and is asked for every minute where it moves more seldom', () => {
  expect(windowOf(hour, now).to).toEqual(new Date('2026-11-23T12:00:10Z'))
  expect(windowOf(hour, now)).toEqual(windowOf(hour, new Date('2026-11-23T12:00:09.999Z')))
  expect(windowOf(hour, now)).not.toEqual(windowOf(hour, new Date('2026-11-23T12:00:10.001Z')))
  for (const { name } of lasts) expect(stepOf({ kind: 'last', last: name })).toBeGreaterThanOrEqual(10 * second)
  expect(refreshOf(hour)).toBe(false)
  expect(refreshOf({ kind: 'last', last: '1y' })).toBe(60 * second)
  expect(refreshOf(fixed('2024-11-23T09:00:00Z', '2026-11-23T09:00:00Z'))).toBe(false)
})

test('what stands still takes in both its ends, whatever the time', () => {
  const range = fixed('2026-11-23T09:00:03Z', '2026-11-23T09:10:01Z')
  const { from, to } = windowOf(range, now)
  expect(from).toEqual(new Date('2026-11-23T09:00:00Z'))
  expect(to).toEqual(new Date('2026-11-23T09:10:10Z'))
  expect(windowOf(range, new Date(0))).toEqual(windowOf(range, now))
  expect(to.getTime() - from.getTime()).toBeGreaterThanOrEqual(lengthOf(range))
})
