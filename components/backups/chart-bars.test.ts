import { expect, test } from 'vitest'
import { madeBackup } from '#domain/testing/backup-made.ts'
import { chartBars } from './chart-bars.ts'

const small = madeBackup(1, 1, 1, { repositoryDeltaBytes: 500_000 })
const large = madeBackup(1, 5, 5, { repositoryDeltaBytes: 2_000_000 })

test('bars stand in the order of time, as high as their part of the largest', () => {
  const drawn = chartBars([large, small], 'added')
  expect(drawn?.largest).toBe('2 MB')
  expect(drawn?.bars.map(({ height }) => height)).toEqual([0.25, 1])
  expect(drawn?.bars[0]?.tip).toBe(`${small.label}\n500 kB\n2026-11-24 00:01:00 UTC`)
  expect(chartBars([large, small], 'duration')?.largest).toBe('1 min')
})

test('only the newest of this cluster are drawn, and of none nothing', () => {
  const many = Array.from({ length: 60 }, (_, at) => madeBackup(1, at, at))
  expect(chartBars(many, 'added')?.bars).toHaveLength(40)
  expect(chartBars([{ ...small, isOfThisCluster: false }], 'added')).toBeNull()
  expect(chartBars([{ ...small, repositoryDeltaBytes: 0 }], 'added')?.bars[0]?.height).toBe(0)
})
