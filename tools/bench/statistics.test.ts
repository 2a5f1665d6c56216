import { expect, test } from 'vitest'
import { median } from './statistics.ts'

test.each([
  [[3], 3],
  [[3, 1, 2], 2],
  [[10, 1, 2, 3], 2.5],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle)
})

test('nothing has no median', () => {
  expect(() => median([])).toThrow(RangeError)
})
