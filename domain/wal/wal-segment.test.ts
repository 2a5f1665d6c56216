import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  numberedSegment,
  parseWalSegment,
  segmentNumber,
  segmentNumberAt,
  timelineOfWalName,
  walSegmentName,
} from './wal-segment.ts'

const mebibyte = 1_048_576
const walSegmentSize = fc.constantFrom(...[1, 2, 4, 16, 64, 256, 1024].map((size) => size * mebibyte))
const timeline = fc.integer({ min: 1, max: 0xffff_ffff })
const number = fc.integer({ min: 0, max: 2 ** 32 })

test.each([
  ['000000010000000000000001', 16, { timeline: 1, log: 0, segment: 1 }],
  ['0000000A0000001600000FFF', 1, { timeline: 10, log: 22, segment: 4095 }],
  ['0000000100000000000000FF', 16, { timeline: 1, log: 0, segment: 255 }],
  ['000000010000000000000100', 16, null],
  ['000000010000000000000004', 1024, null],
  ['000000000000000000000001', 16, null],
  ['00000001000000000000000', 16, null],
  ['00000001000000000000000a', 16, null],
  ['000000010000000000000001.partial', 16, null],
])('%s with segments of %d MiB is %j', (name, size, segment) => {
  expect(parseWalSegment(name, size * mebibyte)).toEqual(segment)
})

test('a segment survives being named and numbered', () => {
  fc.assert(
    fc.property(timeline, number, walSegmentSize, (of, at, size) => {
      const segment = numberedSegment(of, at, size)
      expect(segmentNumber(segment, size)).toBe(at)
      expect(parseWalSegment(walSegmentName(segment), size)).toEqual(segment)
      expect(timelineOfWalName(walSegmentName(segment))).toBe(of)
    }),
  )
})

test('names sort as their segments do', () => {
  fc.assert(
    fc.property(timeline, number, number, walSegmentSize, (of, a, b, size) => {
      const [first, second] = [a, b].map((at) => walSegmentName(numberedSegment(of, at, size)))
      expect(Math.sign(String(first) < String(second) ? -1 : Number(first !== second))).toBe(Math.sign(a - b))
    }),
  )
})

test('a segment begins at its number times its size, and ends before the next', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 20 }), walSegmentSize, (of, size) => {
      expect(segmentNumberAt(of * size, size)).toBe(of)
      expect(segmentNumberAt(of * size + size - 1, size)).toBe(of)
    }),
  )
})

test.each([
  [256, 16, '000000010000000100000000'],
  [4, 1024, '000000010000000100000000'],
  [4095, 1, '000000010000000000000FFF'],
])('segment %d with segments of %d MiB is %s', (of, size, name) => {
  expect(walSegmentName(numberedSegment(1, of, size * mebibyte))).toBe(name)
})
