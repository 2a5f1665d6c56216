import { expect, test } from 'vitest'
import { dayAfter, startOfDay } from './day-start.ts'

test('a day begins at midnight of the zone, also on the day its clock changes', () => {
  expect(startOfDay('2026-11-23', 'Europe/Berlin')?.toISOString()).toBe('2026-11-22T23:00:00.000Z')
  expect(startOfDay('2026-03-29', 'Europe/Berlin')?.toISOString()).toBe('2026-03-28T23:00:00.000Z')
  expect(startOfDay('2026-03-30', 'Europe/Berlin')?.toISOString()).toBe('2026-03-29T22:00:00.000Z')
  expect(startOfDay('2026-11-23', 'America/Los_Angeles')?.toISOString()).toBe('2026-11-23T08:00:00.000Z')
})

test('what is no day has no beginning', () => {
  expect(startOfDay('yesterday', 'UTC')).toBeNull()
  expect(startOfDay('2026-13-45', 'UTC')).toBeNull()
  expect(startOfDay('', 'UTC')).toBeNull()
})

test('the day after the last of a month is the first of the next', () => {
  expect(dayAfter('2026-02-28')).toBe('2026-03-01')
  expect(dayAfter('2026-12-31')).toBe('2027-01-01')
  expect(dayAfter('nonsense')).toBe('nonsense')
})
