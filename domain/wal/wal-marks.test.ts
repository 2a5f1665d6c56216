import { expect, test } from 'vitest'
import { madeArchive, minute, segments, sizeBytes } from '#domain/testing/backup-made.ts'
import { walMarks } from './wal-marks.ts'

test('a mark stands where a segment ends, and has the time that it was archived at', () => {
  expect(walMarks(madeArchive(segments(4, 1, 2)), sizeBytes)).toEqual([
    { timeline: 4, lsn: 3 * sizeBytes, archivedAt: minute(2) },
    { timeline: 4, lsn: 2 * sizeBytes, archivedAt: minute(1) },
  ])
})

test('of very many segments few marks are kept, and one is never far from what it stands for', () => {
  const marks = walMarks(madeArchive(segments(4, 1, 20_000)), sizeBytes)
  expect(marks.length).toBeLessThan(120)
  const distances = marks.map(({ lsn }) => 20_001 - lsn / sizeBytes)
  expect(distances.slice(0, 4)).toEqual([0, 1, 2, 3])
  for (const [index, distance] of distances.entries()) {
    const next = distances[index + 1] ?? 20_000
    expect(next - distance).toBeLessThanOrEqual(Math.max(1, distance * 0.11))
  }
})

test('timelines come newest first; what is no segment is left out', () => {
  const archive = madeArchive([...segments(3, 7, 7), ...segments(4, 8, 8)])
  archive.segments.push({ name: '00000004.history', archivedAt: minute(9), sizeBytes: 50 })
  expect(walMarks(archive, sizeBytes).map(({ timeline }) => timeline)).toEqual([4, 3])
})
