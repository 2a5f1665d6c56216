import { expect, test } from 'vitest'
import { madeBackup, minute } from '#domain/testing/backup-made.ts'
import { axisStops, tellPlace } from './axis-stops.ts'
import { layOutAxis, type Axis } from './lay-out-axis.ts'
import { givenAxis } from './testing-axis.ts'

function axis(): Axis {
  const laidOut = layOutAxis(givenAxis)
  if (laidOut === null) throw new Error('There is something to draw.')
  return laidOut
}

test('each timeline has a lane, newest first, with places in percent of the time shown', () => {
  const { from, to, lanes, lanesLeftOut } = axis()
  // From a little before the oldest backup at minute 1 to now at minute 101.
  expect([from, to, lanesLeftOut]).toEqual([minute(-1), minute(101), 0])
  expect(
    lanes.map(({ timeline, isOnLine, spans, holes, backups }) => [
      timeline,
      isOnLine,
      spans.length > 0,
      holes.length,
      backups.map(({ backup }) => backup.type),
    ]),
  ).toEqual([
    [2, true, true, 0, ['incr']],
    [1, true, true, 1, ['full', 'diff']],
  ])
  expect(lanes[0]?.beginning).toMatchObject({ at: minute(50), parent: 1 })
  expect(lanes[0]?.beginning?.left).toBeCloseTo(50, 1)
  expect(lanes[1]?.backups[1]?.left).toBeCloseTo((31 / 102) * 100, 1)
})

test('a hole reaches from the last moment before it to the first that a later backup makes recoverable', () => {
  const [, { holes } = { holes: [] }] = axis().lanes
  expect(holes).toMatchObject([
    { from: minute(20), to: new Date(minute(30).getTime() + 1000), gap: { segments: 2, timeline: 1 } },
  ])
})

test('nothing leaves the axis, however the times lie', () => {
  const late = { ...givenAxis, now: minute(40) }
  for (const { left, width } of layOutAxis(late)?.lanes.flatMap(({ spans, holes }) => [...spans, ...holes]) ?? []) {
    expect(left).toBeGreaterThanOrEqual(0)
    expect(left + width).toBeLessThanOrEqual(100.31)
  }
})

test('without a backup of this cluster there is nothing to draw', () => {
  const backups = [{ ...madeBackup(1, 1, 1), isOfThisCluster: false }]
  expect(layOutAxis({ ...givenAxis, windows: [], backups })).toBeNull()
})

test('very many timelines are cut to the newest', () => {
  const backups = Array.from({ length: 12 }, (_, at) => madeBackup(at + 1, at + 1, at + 1))
  const laidOut = layOutAxis({ ...givenAxis, windows: [], backups })
  expect([laidOut?.lanes.length, laidOut?.lanes[0]?.timeline, laidOut?.lanesLeftOut]).toEqual([8, 12, 4])
})

test('stops go on in time, each with a sentence to the second', () => {
  const stops = axisStops(axis())
  expect(stops.map(({ left }) => left)).toEqual(stops.map(({ left }) => left).toSorted((a, b) => a - b))
  const sentences = stops.map(({ sentence }) => sentence)
  expect(sentences).toContain('Timeline 2 began at 2026-11-24 00:50:00 UTC, from timeline 1.')
  expect(sentences).toContain('Differential backup 20261124-003000D ended at 2026-11-24 00:30:00 UTC on timeline 1.')
  expect(sentences).toContainEqual(
    expect.stringMatching(/^2026-11-24 00:20:00 UTC to .* 2 WAL segments from .* missing\.$/),
  )
})

test.each([
  [1, 30.4, 'Differential backup'],
  [1, 40, '2026-11-24 00:39:48 UTC can be recovered on timeline 1.'],
  [1, 95, 'cannot be recovered on timeline 1.'],
])('on lane %d, at %d percent, it is told that %s', (lane, left, sentence) => {
  const laidOut = axis()
  expect(tellPlace(laidOut, axisStops(laidOut), lane, left)?.sentence).toContain(sentence)
})
