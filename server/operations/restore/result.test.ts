import { expect, test } from 'vitest'
import { resultOf } from './result.ts'
import { restorePlan } from './testing/restore-plan.ts'

test('phases stand in the order in which they came, however the store keeps them', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 25, 12, 0, second))
  const time = (title: string, from: number, to: number | null) => ({
    title,
    beganAt: at(from),
    endedAt: to === null ? null : at(to),
  })
  const times = {
    open: time('Open', 30, 33),
    fence: time('Shut clients out', 3, 5),
    preflight: time('Look', 0, 3),
    verify: time('Check', 33, null),
  }
  expect(resultOf({ restore: { times } }, restorePlan()).phases).toEqual([
    { name: 'Look', ms: 3_000 },
    { name: 'Shut clients out', ms: 2_000 },
    { name: 'Open', ms: 3_000 },
  ])
})
