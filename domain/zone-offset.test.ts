import { expect, test } from 'vitest'
import { zoneOffsetMs } from './zone-offset.ts'

test('the offset of a zone follows its clock changes', () => {
  expect(zoneOffsetMs(new Date('2026-01-15T12:00:00Z'), 'Europe/Berlin')).toBe(3_600_000)
  expect(zoneOffsetMs(new Date('2026-07-15T12:00:00.400Z'), 'Europe/Berlin')).toBe(7_200_000)
  expect(zoneOffsetMs(new Date('2026-07-15T12:00:00Z'), 'America/St_Johns')).toBe(-9_000_000)
  expect(zoneOffsetMs(new Date('2026-07-15T12:00:00Z'), 'UTC')).toBe(0)
})
