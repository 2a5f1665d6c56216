import { expect, test } from 'vitest'
import { shareOut } from './lease.ts'

function claims(liveWorkers: number, holders: Record<string, string | null>) {
  const revisedAt = new Date(0)
  return {
    liveWorkers,
    claims: Object.entries(holders).map(([clusterId, holder]) => ({ clusterId, holder, revisedAt })),
  }
}

test('a worker alone takes everything', () => {
  expect(shareOut(claims(1, { a: null, b: 'me', c: null }), 'me', new Set())).toEqual({
    take: ['b', 'a', 'c'],
    release: [],
  })
})

test('two workers take half each', () => {
  expect(shareOut(claims(2, { a: null, b: null, c: null }), 'me', new Set()).take).toEqual(['a', 'b'])
})

test('clusters of another worker are left to it', () => {
  expect(shareOut(claims(2, { a: 'other', b: 'other', c: null }), 'me', new Set())).toEqual({
    take: ['c'],
    release: [],
  })
})

test('a cluster that stays free beyond the share is taken in the next round', () => {
  const now = claims(2, { a: 'me', b: 'me', c: null })
  expect(shareOut(now, 'me', new Set()).take).toEqual(['a', 'b'])
  expect(shareOut(claims(3, { a: 'me', b: null, c: null }), 'me', new Set(['c'])).take).toEqual(['a', 'c'])
})

test('a worker that was joined by another gives away what is beyond its share', () => {
  expect(shareOut(claims(2, { a: 'me', b: 'me', c: 'me' }), 'me', new Set())).toEqual({
    take: ['a', 'b'],
    release: ['c'],
  })
})

test('without clusters there is nothing to hold', () => {
  expect(shareOut(claims(1, {}), 'me', new Set())).toEqual({ take: [], release: [] })
})
