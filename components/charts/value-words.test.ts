import { expect, test } from 'vitest'
import { tellValue, tellValueOr } from './value-words.ts'

test.each([
  [1234.5, 'bytes', '1.2 kB'],
  [212_000_000, 'bytes/s', '212 MB/s'],
  [0.0031, 'seconds', '3.1 ms'],
  [520, 'seconds', '8 min 40 s'],
  [0, 'seconds', '0 s'],
  [12.4, 'ms', '12 ms'],
  [1500, 'ms', '1.5 s'],
  [0.95, 'ratio', '95 %'],
  [0.0312, 'ratio', '3.1 %'],
  [1340, '1/s', '1,340/s'],
  [0.02, '1/s', '0.02/s'],
  [0.0001, '1/s', '< 0.01/s'],
  [3, 'count', '3'],
  [2.4, 'count', '2.4'],
  [201_000_000, 'transactions', '201 M'],
  [2_100_000_000, 'transactions', '2.1 bn'],
  [1, 'boolean', 'yes'],
  [0, 'boolean', 'no'],
  [0.4, 'boolean', '40 % of the time'],
] as const)('%s %s is told as %s', (value, unit, words) => {
  expect(tellValue(value, unit)).toBe(words)
})

test('what was not seen is told as that, never as nothing', () => {
  expect(tellValueOr(null, 'bytes')).toBe('no value')
  expect(tellValueOr(undefined, 'count')).toBe('no value')
  expect(tellValueOr(0, 'bytes')).toBe('0 B')
})
