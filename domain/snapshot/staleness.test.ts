import { expect, test } from 'vitest'
import { isStale, newestOf } from './staleness.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const before = (ms: number): Date => new Date(noon.getTime() - ms)

test('a value is stale past three intervals, not before', () => {
  expect(isStale(before(6000), noon)).toBe(false)
  expect(isStale(before(6001), noon)).toBe(true)
  expect(isStale(before(14_000), noon, 5000)).toBe(false)
})

test('what was never seen is stale', () => {
  expect(isStale(null, noon)).toBe(true)
})

test('the newest of dates leaves out those that are not there', () => {
  expect(newestOf(null, before(5), undefined, noon, before(1))).toEqual(noon)
  expect(newestOf(null)).toBeNull()
})
