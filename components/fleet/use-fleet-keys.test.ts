import { expect, test } from 'vitest'
import { placeAfter } from './use-fleet-keys.ts'

test.each([
  ['ArrowDown', -1, false, 0],
  ['ArrowDown', 4, false, 4],
  ['ArrowDown', -1, true, 0],
  ['ArrowDown', 2, true, 2],
  ['ArrowUp', 0, false, -1],
  ['ArrowUp', 3, true, null],
  ['PageDown', 1, false, 4],
  ['PageUp', 3, false, 0],
  ['Home', 3, false, 0],
  ['End', 0, false, 4],
  ['Home', 3, true, null],
  ['x', 3, false, null],
])('%s from place %i of five (in the filter: %s) leads to %s', (key, present, isInFilter, place) => {
  expect(placeAfter(key, present, 5, isInFilter)).toBe(place)
})
