import { expect, test } from 'vitest'
import { timeIn } from './events.ts'

const now = new Date('2026-03-01T12:00:00Z')

test.each([
  ['30m', '2026-03-01T11:30:00.000Z'],
  ['2h', '2026-03-01T10:00:00.000Z'],
  ['7d', '2026-02-22T12:00:00.000Z'],
  ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00.000Z'],
  ['2026-03-01T10:00:00+02:00', '2026-03-01T08:00:00.000Z'],
])('%s is %s', (text, at) => {
  expect(timeIn(text, now).toISOString()).toBe(at)
})

test.each(['yesterday', '2026-03-01', '2026-03-01T10:00:00', '2026-13-01T10:00:00Z', '5', ''])(
  '%s is no time',
  (text) => {
    expect(() => timeIn(text, now)).toThrow('is no time')
  },
)
