import { expect, test } from 'vitest'
import { formatBoth, formatClock, formatShort } from './moment-format.ts'

const berlin = 'Europe/Berlin'
const now = new Date('2026-11-23T09:58:12.345Z')

test('a moment is told on the clock of the viewer', () => {
  expect(formatClock(now, berlin)).toBe('10:58:12')
  expect(formatClock(now, 'UTC')).toBe('09:58:12')
})

test('midnight is 00, not 24', () => {
  expect(formatClock(new Date('2026-11-22T23:00:00Z'), berlin)).toBe('00:00:00')
})

test('the shortest clear form grows with the distance', () => {
  expect(formatShort(new Date('2026-11-23T08:31:00Z'), now, berlin)).toBe('09:31')
  expect(formatShort(new Date('2026-11-21T08:31:00Z'), now, berlin)).toBe('Sat 09:31')
  expect(formatShort(new Date('2026-11-03T08:31:00Z'), now, berlin)).toBe('3 Nov')
  expect(formatShort(new Date('2025-11-17T08:31:00Z'), now, berlin)).toBe('17 Nov 2025')
})

test('a moment ahead is never told as a weekday gone by', () => {
  expect(formatShort(new Date('2026-11-25T08:31:00Z'), now, berlin)).toBe('25 Nov')
})

test('hover gives the viewer both clocks, and only one where they are the same', () => {
  expect(formatBoth(now, berlin)).toBe('Mon 23 Nov 2026, 10:58:12 Europe/Berlin\n2026-11-23 09:58:12.345 UTC')
  expect(formatBoth(now, 'UTC')).toBe('2026-11-23 09:58:12.345 UTC')
})
