import { expect, test } from 'vitest'
import { rehearsalTimes } from './repository.ts'

const times = { weekday: 0, hour: 4, minute: 0, beforeMs: null }

test('a rehearsal by schedule need not check anything', () => {
  expect(rehearsalTimes.parse(times)).toEqual({ ...times, check: null, verifiesPages: false })
})

test.each(['', 'x'.repeat(4_001), 'select \u0000', 'select \ud800'])('%j is no check of it', (check) => {
  expect(rehearsalTimes.safeParse({ ...times, check }).success).toBe(false)
})
