import { expect, test } from 'vitest'
import type { StepOutcome } from '../define.ts'
import { pauseAfter } from './run-operation.ts'

const after = (...kinds: StepOutcome['kind'][]) =>
  pauseAfter(kinds.map((kind, n) => ({ n, name: 'step', outcome: { kind, detail: '' } })))

test('an operation that fails at whatever it goes on with becomes slower and slower, and no other', () => {
  expect([after(), after('done'), after('done', 'failed'), after('failed', 'unknown')]).toEqual([0, 0, 0, 0])
  expect(after('done', 'failed', 'unknown', 'unknown')).toBe(1_000)
  expect(after(...Array.from({ length: 40 }, () => 'unknown' as const))).toBe(60_000)
  expect(after('unknown', 'unknown', 'unknown', 'done')).toBe(0)
})
