import { expect, test } from 'vitest'
import { costOf, partsToGo, withBytesPerDay } from './kept-level.ts'
import { madeLevel } from './testing/made-level.ts'

const day = (n: number) => new Date(Date.UTC(2026, 10, n))
const now = day(11)
const raw = madeLevel({
  since: day(1),
  parts: Array.from({ length: 18 }, (_, n) => ({
    from: day(n + 1),
    to: day(n + 2),
    // Those ahead are empty, but for their first page.
    bytes: n < 11 ? 10_000 : 8,
  })),
})

test('what one more day costs is measured over the time there are values of, without the parts ahead', () => {
  expect(withBytesPerDay([raw], now)).toMatchObject([{ bytesPerDay: 11_000 }])
})

test('what has hardly begun is reckoned from the finer one', () => {
  const hour = madeLevel({ resolution: 'hour', seconds: 3_600, since: day(10), parts: [] })
  expect(withBytesPerDay([raw, hour], now)).toMatchObject([{}, { bytesPerDay: 11_000 / 360 }])
  expect(withBytesPerDay([madeLevel({ since: null }), hour], now)).toMatchObject([
    { bytesPerDay: null },
    { bytesPerDay: null },
  ])
})

test('a level costs half a part more than the days it is kept', () => {
  expect(costOf(madeLevel({ bytesPerDay: 1_000, partition: 'week' }), 30)).toBe(33_500)
  expect(costOf(madeLevel({ bytesPerDay: null }), 30)).toBeNull()
})

test('the parts that go are older as a whole', () => {
  expect(partsToGo(raw, 8, now).map(({ to }) => to)).toEqual([day(2), day(3)])
  expect(partsToGo(raw, 8, new Date(now.getTime() - 1)).map(({ to }) => to)).toEqual([day(2)])
})
