import { expect, test } from 'vitest'
import { RateLimit } from './rate-limit.ts'

test('an address may do so much at once, and then so much a second', () => {
  const limit = new RateLimit({ perSecond: 2, burst: 3, addresses: 10 })
  expect([1, 2, 3, 4].map(() => limit.take('a', 0))).toEqual([true, true, true, false])
  expect([1, 2, 3].map(() => limit.take('a', 1_000))).toEqual([true, true, false])
  expect(limit.take('b', 1_000)).toBe(true)
})

test('however many addresses come, only so many are remembered', () => {
  const limit = new RateLimit({ perSecond: 1, burst: 1, addresses: 100 })
  for (let n = 0; n < 10_000; n += 1) limit.take(`address ${n}`, 0)
  expect(limit.size).toBe(100)
})
