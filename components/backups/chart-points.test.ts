import { expect, test } from 'vitest'
import { madeBackup, minute } from '#domain/testing/backup-made.ts'
import { chartPoints } from './chart-points.ts'

const small = madeBackup(1, 1, 1, { repositoryDeltaBytes: 500_000 })
const large = madeBackup(1, 5, 5, { repositoryDeltaBytes: 2_000_000, type: 'diff' })

test('backups stand where they ended in time, with what they hold, added and took', () => {
  const points = chartPoints([large, small])
  expect(points.map(({ at }) => at)).toEqual([minute(1).getTime(), minute(5).getTime()])
  expect(points[1]).toEqual({
    key: `1 ${large.label}`,
    label: large.label,
    type: 'diff',
    repository: 1,
    at: minute(5).getTime(),
    databaseBytes: 1_000_000,
    addedBytes: 2_000_000,
    durationMs: 60_000,
  })
})

test('only the newest of this cluster are drawn, and of none nothing', () => {
  const many = Array.from({ length: 250 }, (_, at) => madeBackup(1, at, at))
  const points = chartPoints(many)
  expect(points).toHaveLength(200)
  expect(points.at(-1)?.at).toBe(minute(249).getTime())
  expect(chartPoints([{ ...small, isOfThisCluster: false }])).toEqual([])
})
