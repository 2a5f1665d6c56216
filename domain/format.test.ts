import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  forAge,
  formatAge,
  formatByteCount,
  formatBytes,
  formatDuration,
  formatInstant,
  formatLsn,
  formatServerVersion,
} from './format.ts'
import { parseLsn } from './lsn.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const before = (seconds: number): Date => new Date(noon.getTime() - seconds * 1000)

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1234, '1.2 kB'],
  [9960, '10 kB'],
  [999_600, '1 MB'],
  [1_048_576, '1 MB'],
  [212_000_000, '212 MB'],
  [5_400_000_000, '5.4 GB'],
  [-1234, '-1.2 kB'],
  [Number.NaN, 'unknown'],
])('%d bytes read as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1200, '1.2 kB'],
])('a loss of %d reads as %s', (bytes, text) => {
  expect(formatByteCount(bytes)).toBe(text)
})

test.each([
  [300, '0.3 s'],
  [1400, '1.4 s'],
  [2000, '2 s'],
  [40_000, '40 s'],
  [240_000, '4 min'],
  [520_000, '8 min 40 s'],
  [11_520_000, '3 h 12 min'],
  [532_800_000, '6 d 4 h'],
  [-5, '0 s'],
])('%d ms read as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test.each([
  [0.3, '0.3 s'],
  [59.9, '59 s'],
  [60, '1 min'],
  [245, '4 min'],
  [7200, '2 h'],
  [532_800, '6 d'],
])('what was %d s ago is %s old', (seconds, text) => {
  expect(formatAge(before(seconds), noon)).toBe(text)
})

test('a time ahead counts as now', () => {
  expect(formatAge(before(-30), noon)).toBe('0 s')
})

test('what has only begun has no length', () => {
  expect(forAge(before(0.4), noon)).toBe('')
  expect(forAge(null, noon)).toBe('')
  expect(forAge(before(240), noon)).toBe(' for 4 min')
})

test('an instant is told in UTC', () => {
  expect(formatInstant(noon)).toBe('2026-11-23 12:00:00 UTC')
})

test('versions of Postgres read as on their web site', () => {
  expect(formatServerVersion(150_020)).toBe('15.20')
  expect(formatServerVersion(90_624)).toBe('9.6.24')
})

test('a WAL position is written as Postgres writes it', () => {
  expect(formatLsn(184_549_816)).toBe('0/B0001B8')
  expect(formatLsn(2 ** 32 * 22 + 255)).toBe('16/FF')
  expect(formatLsn(-1)).toBe('unknown')
})

test('a WAL position survives being written and read', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (lsn) => {
      expect(parseLsn(formatLsn(lsn))).toBe(lsn)
    }),
  )
})

test.each(['', 'unknown', '0/', '/1', '0/123456789', 'G/1', '0/1/2'])('"%s" is no WAL position', (text) => {
  expect(parseLsn(text)).toBeNull()
})

test('no number makes a formatter throw or say NaN', () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      for (const text of [formatBytes(value), formatByteCount(value), formatDuration(value), formatLsn(value)]) {
        expect(text).not.toMatch(/NaN|undefined|Infinity/)
      }
    }),
  )
})
