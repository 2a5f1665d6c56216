import { expect, test } from 'vitest'
import type { Unit } from './chart-line.ts'
import { valueTicks } from './value-ticks.ts'
import { tellValue } from './value-words.ts'

const named = (most: number, unit: Unit) => valueTicks(most, unit).map((tick) => tellValue(tick, unit))

test('an axis begins at nothing and ends at a round value that takes in the highest', () => {
  expect(named(48_000_000, 'bytes')).toEqual(['0 B', '20 MB', '40 MB', '60 MB'])
  expect(named(9_900_000, 'bytes/s')).toEqual(['0 B/s', '2.5 MB/s', '5 MB/s', '7.5 MB/s', '10 MB/s'])
  expect(named(1, 'ratio')).toEqual(['0 %', '50 %', '100 %'])
  expect(named(0.3, 'seconds')).toEqual(['0 s', '100 ms', '200 ms', '300 ms'])
})

test('times are round as they are said', () => {
  expect(named(45, 'seconds')).toEqual(['0 s', '20 s', '40 s', '1 min'])
  expect(named(61, 'seconds')).toEqual(['0 s', '1 min', '2 min'])
  expect(named(5000, 'seconds')).toEqual(['0 s', '1 h', '2 h'])
  expect(named(86_000, 'seconds')).toEqual(['0 s', '6 h', '12 h', '18 h', '1 d'])
  expect(named(20 * 86_400, 'seconds')).toEqual(['0 s', '5 d', '10 d', '15 d', '20 d'])
})

test('things are counted whole', () => {
  expect(named(1, 'count')).toEqual(['0', '1'])
  expect(named(3, 'count')).toEqual(['0', '1', '2', '3'])
  expect(named(9, 'count')).toEqual(['0', '5', '10'])
})

test('a line of nothing has an axis', () => {
  for (const unit of [
    'bytes',
    'bytes/s',
    'seconds',
    'count',
    '1/s',
    'ratio',
    'boolean',
    'transactions',
    'ms',
  ] as const) {
    for (const most of [0, Number.NaN, Number.NEGATIVE_INFINITY]) {
      const ticks = valueTicks(most, unit)
      expect(ticks[0]).toBe(0)
      expect(ticks.length).toBeGreaterThan(1)
      expect(ticks.length).toBeLessThan(7)
    }
  }
})

test('every highest value has room, in few steps that are all different in words', () => {
  for (const unit of ['bytes', 'seconds', 'count', '1/s', 'ratio', 'ms'] as const) {
    for (let most = 0.013; most < 1e9; most *= 1.7) {
      const ticks = valueTicks(most, unit)
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most * (1 - 1e-9))
      expect(ticks.length).toBeLessThan(7)
      const words = ticks.map((tick) => tellValue(tick, unit))
      expect(new Set(words).size, `${words.join(', ')} for ${most} ${unit}`).toBe(ticks.length)
    }
  }
})
