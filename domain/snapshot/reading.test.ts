import fc from 'fast-check'
import { expect, test } from 'vitest'
import { neverSeen, type Reading, see, type Seen } from './reading.ts'

const readings = fc.array(
  fc.oneof(
    fc.record({ ok: fc.constant(true as const), observedAt: fc.date({ noInvalidDate: true }), value: fc.integer() }),
    fc.record({
      ok: fc.constant(false as const),
      observedAt: fc.date({ noInvalidDate: true }),
      kind: fc.constantFrom('refused' as const, 'timeout' as const),
      sentence: fc.string(),
    }),
  ),
)

test('the last good value is kept whatever fails after it', () => {
  fc.assert(
    fc.property(readings, (list) => {
      const seen = list.reduce<Seen<number>>((before, reading: Reading<number>) => see(before, reading), neverSeen)
      const lastGood = list.findLast(({ ok }) => ok)
      expect(seen.good?.value ?? null).toBe(lastGood?.ok ? lastGood.value : null)
    }),
  )
})

test('a problem lasts since the first failure after the last good look', () => {
  fc.assert(
    fc.property(readings, (list) => {
      const seen = list.reduce<Seen<number>>((before, reading: Reading<number>) => see(before, reading), neverSeen)
      const failures = list.slice(list.findLastIndex(({ ok }) => ok) + 1)
      expect(seen.problem?.since ?? null).toEqual(failures[0]?.observedAt ?? null)
      expect(seen.problem?.observedAt ?? null).toEqual(failures.at(-1)?.observedAt ?? null)
    }),
  )
})
