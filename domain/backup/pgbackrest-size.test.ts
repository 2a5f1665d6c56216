import { expect, test } from 'vitest'
import { bytesIn } from './pgbackrest-size.ts'

test.each([
  ['23.0MB', 24_117_248],
  ['512B', 512],
  ['1.5GB', 1_610_612_736],
  ['2TB', 2_199_023_255_552],
  ['much', null],
])('%s', (size, bytes) => {
  expect(bytesIn(size)).toBe(bytes)
})
