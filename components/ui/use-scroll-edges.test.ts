import { expect, test } from 'vitest'
import { moreSide } from './use-scroll-edges.ts'

test('an edge has more behind it only where the bar can be scrolled to it', () => {
  const at = (scrollLeft: number, scrollWidth = 700) => moreSide({ scrollLeft, scrollWidth, clientWidth: 360 })
  expect(at(0)).toBe('right')
  expect(at(100)).toBe('both')
  expect(at(339.6)).toBe('left')
  expect(at(0, 360)).toBe('none')
  expect(at(0, 361)).toBe('none')
})
