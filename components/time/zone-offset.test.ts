import { expect, test } from 'vitest'
import { dayAfter, startOfDay, zoneOffsetMs } from './zone-offset.ts'

test('the offset of a zone follows its clock changes', () => {
  expect(zoneOffsetMs(new Date('2026-01-15T12:00:00Z'), 'Europe/Berlin')).toBe(3_600_000)
  expect(zoneOffsetMs(new Date('2026-07-15T12:00:00.400Z'), 'Europe/Berlin')).toBe(7_200_000)
  expect(zoneOffsetMs(new Date('2026-07-15T12:00:00Z'), 'America/St_Johns')).toBe(-9_000_000)
  expect(zoneOffsetMs(new Date('2026-07-15T12:00:00Z'), 'UTC')).toBe(0)
})

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
