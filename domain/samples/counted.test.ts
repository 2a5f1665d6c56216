import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countOn, type Totals } from './counted.ts'

const start = Date.UTC(2026, 10, 25, 12)

function look(seconds: number, totals: Record<string, number | null>, change: Partial<Totals> = {}): Totals {
  return {
    seenAt: new Date(start + seconds * 1000),
    identity: 'a',
    parts: new Map([['one', { identity: '', totals }]]),
    ...change,
  }
}

test('a total that grew makes a rate by the time between the looks', () => {
  const first = countOn(undefined, look(0, { commits: 100 }))
  expect(first.rates.size).toBe(0)
  expect(countOn(first, look(8, { commits: 180 })).rates.get('commits')).toBe(10)
})

test('a look that is seen twice keeps the rate it brought', () => {
  const second = countOn(countOn(undefined, look(0, { commits: 0 })), look(10, { commits: 50 }))
  expect(countOn(second, look(10, { commits: 50 })).rates.get('commits')).toBe(5)
})

test.each([
  ['that fell', look(10, { commits: 99 })],
  ['of another server', look(10, { commits: 200 }, { identity: 'b' })],
  ['after a long break', look(61, { commits: 200 })],
  ['from before', look(-10, { commits: 200 })],
  ['that is not told any more', look(10, { commits: null })],
  [
    'whose part began anew',
    look(10, {}, { parts: new Map([['one', { identity: 'reset', totals: { commits: 200 } }]]) }),
  ],
])('a total %s makes no rate', (_, next) => {
  const first = countOn(undefined, look(0, { commits: 100 }))
  expect(countOn(first, next).rates.has('commits')).toBe(false)
})

test('what only one of two looks has is left out of the sum, but one part that began anew hides it', () => {
  const parts = (...each: [string, number][]) =>
    new Map(each.map(([name, commits]) => [name, { identity: '', totals: { commits } }]))
  const first = countOn(undefined, look(0, {}, { parts: parts(['a', 10], ['b', 1000]) }))
  expect(countOn(first, look(10, {}, { parts: parts(['a', 30], ['c', 5000]) })).rates.get('commits')).toBe(2)
  expect(countOn(first, look(10, {}, { parts: parts(['a', 30], ['b', 5]) })).rates.has('commits')).toBe(false)
})

test('whatever is counted, no rate is negative or greater than what grew', () => {
  const total = fc.option(fc.oneof(fc.nat(1_000_000), fc.double()), { nil: null })
  const part = fc.record({
    identity: fc.constantFrom('', 'x'),
    totals: fc.dictionary(fc.constantFrom('p', 'q', '__proto__'), total),
  })
  const totals = fc.record({
    seenAt: fc.integer({ min: -30, max: 90 }).map((seconds) => new Date(start + seconds * 1000)),
    identity: fc.constantFrom('a', 'b'),
    parts: fc.array(fc.tuple(fc.constantFrom('one', 'two'), part)).map((entries) => new Map(entries)),
  })
  fc.assert(
    fc.property(fc.array(totals, { maxLength: 6 }), (looks) => {
      let counted = undefined
      for (const each of looks) {
        counted = countOn(counted, each)
        for (const rate of counted.rates.values()) expect(rate).toBeGreaterThanOrEqual(0)
      }
    }),
  )
})
