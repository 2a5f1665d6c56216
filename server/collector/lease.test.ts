import { expect, test } from 'vitest'
import { shareOut } from './lease.ts'

const me = { executorId: 'me', freeBefore: new Set<string>(), onlyOwn: false }

/** Who holds what; a name in brackets is a lease that ran out. */
function claims(liveWorkers: number, holders: Record<string, string | null>) {
  const revisedAt = new Date(0)
  return {
    liveWorkers,
    claims: Object.entries(holders).map(([clusterId, holder]) => ({
      clusterId,
      holder: holder?.startsWith('(') ? null : holder,
      lastHolder: holder?.replace(/[()]/g, '') ?? null,
      revisedAt,
    })),
  }
}

test('a worker without others takes everything', () => {
  expect(shareOut(claims(1, { a: null, b: 'me', c: null }), me)).toEqual({
    take: ['b', 'a', 'c'],
    release: [],
  })
})

test('two workers take half each', () => {
  expect(shareOut(claims(2, { a: null, b: null, c: null }), me).take).toEqual(['a', 'b'])
})

test('clusters of another worker are left to it', () => {
  expect(
    shareOut(claims(2, { a: 'other', b: 'other', c: null }), {
      executorId: 'me',
      freeBefore: new Set(),
      onlyOwn: false,
    }),
  ).toEqual({
    take: ['c'],
    release: [],
  })
})

test('a cluster that stays free beyond the share is taken in the next round', () => {
  const now = claims(2, { a: 'me', b: 'me', c: null })
  expect(shareOut(now, me).take).toEqual(['a', 'b'])
  expect(shareOut(claims(3, { a: 'me', b: null, c: null }), { ...me, freeBefore: new Set(['c']) }).take).toEqual([
    'a',
    'c',
  ])
})

test('a worker that was joined by another gives away what is beyond its share', () => {
  expect(shareOut(claims(2, { a: 'me', b: 'me', c: 'me' }), me)).toEqual({
    take: ['a', 'b'],
    release: ['c'],
  })
})

test('without clusters there is nothing to hold', () => {
  expect(shareOut(claims(1, {}), me)).toEqual({
    take: [],
    release: [],
  })
})

test('a lease of its own that ran out counts as its own', () => {
  expect(shareOut(claims(2, { a: null, b: '(me)', c: '(other)', d: null }), me).take).toEqual(['b', 'a'])
})

test('after the store was away a worker takes back its own and leaves the others theirs', () => {
  const away = { ...me, onlyOwn: true }
  expect(shareOut(claims(2, { a: null, b: '(me)', c: '(other)' }), away)).toEqual({ take: ['b'], release: [] })
})
