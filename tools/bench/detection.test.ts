import { expect, test } from 'vitest'
import { detectionOf, summarise } from './detection.ts'

test('a second of delay shows in the ratio, however long the switchover took', () => {
  const found = [detectionOf(10_000, 11_000), detectionOf(20_000, 20_100), detectionOf(30_000, 30_200)]
  expect(summarise(found, { medianMs: 250, worstMs: 1000 })).toEqual({
    medianMs: 200,
    worstMs: 1000,
    limit: { medianMs: 250, worstMs: 1000 },
    isWithin: true,
    ratio: { median: 0.8, worst: 1 },
    etcdAtMs: [10_000, 20_000, 30_000],
    browserAtMs: [11_000, 20_100, 30_200],
  })
})
