import { expect, test } from 'vitest'
import { recoveryTimeText } from './recovery-time.ts'

test('a moment is written with a space, microseconds and its offset', () => {
  expect(recoveryTimeText(new Date('2026-11-24T00:03:01.5Z'))).toBe('2026-11-24 00:03:01.500000+00')
})
