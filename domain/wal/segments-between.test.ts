import { expect, test } from 'vitest'
import { foldersOnPath, segmentsBetween } from './segments-between.ts'
import { pathOf } from './timeline-path.ts'

const size = 16_777_216
const at = (minute: number) => new Date(Date.UTC(2026, 10, 25, 12, minute))
const name = (timeline: number, number: number) =>
  [timeline, 0, number].map((part) => part.toString(16).toUpperCase().padStart(8, '0')).join('')
/** One a minute: segment n was archived at minute n. */
const segmentsOf = (timeline: number, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    name: name(timeline, from + index),
    archivedAt: at(from + index),
    sizeBytes: 1,
  }))
const left = { reason: '', leftAt: null, endedAt: null, isAbandoned: false }
const path = pathOf({ timeline: 2, beganAt: null, ancestors: [{ timeline: 1, endLsn: 10 * size + 5, ...left }] }, size)
const line = { path, walSegmentSizeBytes: size, most: 64 }
// What timeline 1 wrote after it was left is on nobody's line.
const segments = [...segmentsOf(2, 10, 20), ...segmentsOf(1, 1, 15)]

test('what was archived between the moments is read, with one more on each side, across a change of timeline', () => {
  const chosen = segmentsBetween({ ...line, segments, fromAt: at(9), toAt: at(11) })
  expect(chosen).toEqual({
    names: [name(1, 8), name(1, 9), name(2, 10), name(2, 11), name(2, 12)],
    isCut: false,
    lastArchivedAt: at(12),
  })
})

test('a moment between two segments lies in the later one', () => {
  const moment = new Date(at(14).getTime() - 30_000)
  const { names } = segmentsBetween({ ...line, segments, fromAt: moment, toAt: moment })
  expect(names).toEqual([name(2, 13), name(2, 14), name(2, 15)])
})

test('of a time that is not archived yet the newest segment is read, and said to be the newest', () => {
  const chosen = segmentsBetween({ ...line, segments, fromAt: at(21), toAt: at(30) })
  expect(chosen).toEqual({ names: [name(2, 20)], isCut: false, lastArchivedAt: at(20) })
  const { names, lastArchivedAt } = segmentsBetween({ ...line, segments, fromAt: at(20), toAt: at(30) })
  expect([names, lastArchivedAt]).toEqual([[name(2, 19), name(2, 20)], at(20)])
})

test('of more than may be read the newest are', () => {
  const chosen = segmentsBetween({ ...line, segments, fromAt: at(1), toAt: at(15), most: 3 })
  expect([chosen.names, chosen.isCut]).toEqual([[name(2, 14), name(2, 15), name(2, 16)], true])
})

test('only folders that may hold a segment of the line are listed, newest first', () => {
  const folders = ['0000000100000000', '0000000100000001', '0000000200000000', '0000000200000001', '0000000300000000']
  expect(foldersOnPath(folders, path, size)).toEqual(['0000000200000001', '0000000200000000', '0000000100000000'])
})

test('a segment archived in the very second that is asked from is read, though the archive tells its time rounded down', () => {
  const moment = new Date(at(20).getTime() + 700)
  const { names } = segmentsBetween({ ...line, segments, fromAt: moment, toAt: at(30) })
  expect(names).toEqual([name(2, 20)])
})

test('of an empty archive nothing is read', () => {
  const chosen = segmentsBetween({ ...line, segments: [], fromAt: at(1), toAt: at(30) })
  expect(chosen).toEqual({ names: [], isCut: false, lastArchivedAt: null })
})
