import { expect, test } from 'vitest'
import { ExtraLooks } from './extra-looks.ts'

test('a look is due at once, but a second after the last one began', () => {
  const extra = new ExtraLooks(0)
  expect(extra.take(5_000)).toBe(5_000)
  extra.note(5_000)
  expect(extra.take(5_300)).toBe(6_000)
})

test('what flaps every two seconds for an hour has half as many looks more than at rest', () => {
  const extra = new ExtraLooks(0)
  let looks = 0
  for (let nowMs = 0; nowMs < 3_600_000; nowMs += 1_000) {
    if (extra.take(nowMs) !== null) looks += 1
  }
  expect(looks).toBe(8 + 3_600 / 20 - 1)
})

test('after a quiet while a whole failover is followed again', () => {
  const extra = new ExtraLooks(0)
  while (extra.take(0) !== null);
  expect(extra.take(19_999)).toBe(null)
  expect(extra.take(20_000)).toBe(20_000)
  const nowMs = 1_000_000
  for (let n = 0; n < 8; n += 1) expect(extra.take(nowMs)).toBe(nowMs)
  expect(extra.take(nowMs)).toBe(null)
})
