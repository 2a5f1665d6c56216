import { expect, test } from 'vitest'
import { byReach, reachedBy } from './control.ts'

const control = (timeline: number, checkpoint: string, minimum = '0/0') => ({
  "Latest checkpoint's TimeLineID": String(timeline),
  'Latest checkpoint location': checkpoint,
  "Min recovery ending loc's timeline": minimum === '0/0' ? '0' : String(timeline),
  'Minimum recovery ending location': minimum,
})

test('a standby has come as far as it has replayed', () => {
  expect(reachedBy(control(4, '0/5000028', '0/6000100'))).toEqual({ timeline: 4, lsn: 0x6000100 })
  expect(reachedBy({})).toEqual({ timeline: 0, lsn: 0 })
})

test('who was left behind on an older timeline is not the furthest, however much it wrote there', () => {
  const [left, behind, furthest] = [control(3, '0/9000000'), control(4, '0/5000000'), control(4, '0/6000000')].map(
    reachedBy,
  )
  expect([left, behind, furthest].flatMap((each) => each ?? []).toSorted(byReach)).toEqual([furthest, behind, left])
})
