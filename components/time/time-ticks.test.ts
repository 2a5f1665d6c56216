import { expect, test } from 'vitest'
import { isInDays, timeTicks } from './time-ticks.ts'

const at = (text: string) => Date.parse(text)
const told = (ticks: number[]) => ticks.map((tick) => new Date(tick).toISOString().slice(0, 16))

test('ticks are round by the clock of the zone', () => {
  expect(told(timeTicks(at('2026-11-24T00:07Z'), at('2026-11-24T03:50Z'), 'UTC', 5))).toEqual([
    '2026-11-24T01:00',
    '2026-11-24T02:00',
    '2026-11-24T03:00',
  ])
  expect(told(timeTicks(at('2026-11-20T10:00Z'), at('2026-11-23T10:00Z'), 'Asia/Kolkata', 5))).toEqual([
    '2026-11-20T18:30',
    '2026-11-21T18:30',
    '2026-11-22T18:30',
  ])
})

test('days begin at midnight also after the clock was changed', () => {
  const ticks = timeTicks(at('2026-10-23T12:00Z'), at('2026-10-27T12:00Z'), 'Europe/Berlin', 5)
  expect(told(ticks)).toEqual(['2026-10-23T22:00', '2026-10-24T22:00', '2026-10-25T23:00', '2026-10-26T23:00'])
})

test('a month and years have no more than asked for', () => {
  for (const days of [0.01, 1, 3, 30, 400, 4000]) {
    const to = at('2026-11-24T09:13Z')
    const from = to - days * 86_400_000
    const ticks = timeTicks(from, to, 'Europe/Berlin', 5)
    expect(ticks.length, `${days} days`).toBeGreaterThan(0)
    expect(ticks.length, `${days} days`).toBeLessThanOrEqual(5)
    expect(ticks.every((tick) => tick >= from && tick <= to)).toBe(true)
  }
})

test('an axis of days is named by dates, a shorter one by the clock', () => {
  expect(isInDays(0, 86_400_000, 5)).toBe(false)
  expect(isInDays(0, 5 * 86_400_000, 5)).toBe(true)
})
