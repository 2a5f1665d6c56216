import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sweepMs } from '#domain/samples/sweep.ts'
import { phaseOfLook, phaseOfSample, untilPhase } from './grid.ts'

test('the next look is at its place of the clock, neither at once nor more than a beat late', () => {
  const moments = fc.integer({ min: 0, max: 2_000_000_000_000 })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999 }), moments, (phase, startedAt) => {
      const rest = untilPhase(phase, startedAt)
      expect((startedAt + rest) % sweepMs).toBe(phase)
      expect(rest).toBeGreaterThanOrEqual(3_000)
      expect(rest).toBeLessThan(13_000)
    }),
  )
})

test('a look that was on time is followed by one a beat later', () => {
  expect(untilPhase(4_000, 1_000_004_000)).toBe(10_000)
  expect(untilPhase(4_000, 1_000_004_007)).toBe(9_993)
})

test('looks leave the end of the ten seconds to those who tell of them', () => {
  for (let n = 0; n < 100; n++) {
    expect(phaseOfLook()).toBeLessThan(6_000)
    expect(phaseOfSample()).toBeGreaterThanOrEqual(8_500)
    expect(phaseOfSample()).toBeLessThan(9_500)
  }
})
