import type { Unit } from './chart-line.ts'

/**
 * The values that an axis names: from 0, so that a small change does not look like a great one, to a round one no smaller than `most`.
 * Round is meant as the unit is said: 20 s and 1 min, not 25 s and 1.25 min.
 */
export function valueTicks(most: number, unit: Unit): number[] {
  const top = Math.max(leastTop[unit], Number.isFinite(most) ? most : 0)
  const step = stepFor(top, unit)
  const steps = Math.ceil((top / step) * almost)
  return Array.from({ length: steps + 1 }, (_, index) => index * step)
}

function stepFor(top: number, unit: Unit): number {
  if (unit === 'seconds' && top > 5) return secondsFor(top)
  if (unit === 'ms' && top > 5000) return secondsFor(top / 1000) * 1000
  if (unit === 'bytes' || unit === 'bytes/s') return decimalFor(top, [1, 2, 2.5, 5, 10])
  const step = decimalFor(top)
  // There is no half of a thing.
  return unit === 'count' || unit === 'transactions' || unit === 'boolean' ? Math.max(1, step) : step
}

/** The smallest round factor of a power of ten that goes into it four times at most. */
function decimalFor(top: number, factors: readonly number[] = [1, 2, 5, 10]): number {
  const magnitude = 10 ** Math.floor(Math.log10(top / mostSteps))
  return (factors.find((each) => each * magnitude * mostSteps >= top * almost) ?? 10) * magnitude
}

function secondsFor(top: number): number {
  const found = clockSteps.find(({ seconds, most }) => seconds * most >= top)
  return found?.seconds ?? decimalFor(top / dayS) * dayS
}

const mostSteps = 4
/** Against the last digit of a division. */
const almost = 1 - 1e-9
const minuteS = 60
const hourS = 3600
const dayS = 86_400

/** With fewer steps where one more would need two units to say. */
const clockSteps = [
  ...[2, 5, 10].map((seconds) => ({ seconds, most: 4 })),
  { seconds: 20, most: 3 },
  ...[1, 2, 5, 10].map((minutes) => ({ seconds: minutes * minuteS, most: 4 })),
  { seconds: 20 * minuteS, most: 3 },
  ...[1, 2, 4, 6].map((hours) => ({ seconds: hours * hourS, most: 4 })),
]

/** What is not drawn larger than it is: a line of nothing over an axis of next to nothing. */
const leastTop = {
  bytes: 1000,
  'bytes/s': 1000,
  seconds: 0.1,
  ms: 10,
  count: 1,
  '1/s': 1,
  transactions: 1,
  boolean: 1,
  ratio: 0.01,
} as const satisfies Record<Unit, number>
