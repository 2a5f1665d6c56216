import { expect, test } from 'vitest'
import { followingSegment, lsnOf, startOf } from './wal-segment.ts'

const usual = 16n * 1024n * 1024n

test('segments follow one another over the end of their lower half', () => {
  expect(followingSegment('000000020000000A000000FE', usual)).toBe('000000020000000A000000FF')
  expect(followingSegment('000000020000000A000000FF', usual)).toBe('000000020000000B00000000')
  expect(followingSegment('000000020000000A0000003F', 64n * 1024n * 1024n)).toBe('000000020000000B00000000')
})

test('a segment begins where its name says', () => {
  expect(lsnOf(startOf('000000020000000A000000FE', usual))).toBe('A/FE000000')
})
