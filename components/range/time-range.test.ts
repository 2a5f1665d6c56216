import { expect, test } from 'vitest'
import {
  hasLater,
  pan,
  rangeBetween,
  rangeParams,
  readRange,
  spanOf,
  zoomIn,
  zoomOut,
  type TimeRange,
} from './time-range.ts'

const now = new Date('2026-11-23T12:00:00Z')
const at = (clock: string) => new Date(`2026-11-23T${clock}Z`)
const fixed = (from: string, to: string): TimeRange => ({ kind: 'fixed', from: at(from), to: at(to) })
const read = (query: string) => readRange(new URLSearchParams(query))
const hour: TimeRange = { kind: 'last', last: '1h' }

test('a range comes back from the address as it went in', () => {
  for (const range of [hour, { kind: 'last', last: '30d' } as const, fixed('09:00:00', '10:30:00')]) {
    expect(readRange(new URLSearchParams(rangeParams(range)))).toEqual(range)
  }
})

test('an address that makes no sense shows the last hour', () => {
  for (const query of [
    '',
    'last=2w',
    'from=yesterday&to=today',
    'from=2026-11-23T10:00:00Z',
    'from=2026-11-23T10:00:00Z&to=2026-11-23T09:00:00Z',
    'from=1999-11-23T10:00:00Z&to=2026-11-23T09:00:00Z',
  ]) {
    expect(read(query)).toEqual(hour)
  }
})

test('two moments count more than a stretch', () => {
  expect(read('last=7d&from=2026-11-23T09:00:00Z&to=2026-11-23T10:30:00Z')).toEqual(fixed('09:00:00', '10:30:00'))
})

test('the newest stretch ends now', () => {
  expect(spanOf(hour, now)).toEqual({ from: at('11:00:00'), to: now })
})

test('a part that was marked from right to left is the same part', () => {
  expect(rangeBetween(at('10:30:00'), at('09:00:00'), now)).toEqual(fixed('09:00:00', '10:30:00'))
})

test('a part is never shorter than a minute and never ahead of now', () => {
  expect(rangeBetween(at('10:00:00'), at('10:00:01'), now)).toEqual({
    kind: 'fixed',
    from: new Date('2026-11-23T09:59:30.500Z'),
    to: new Date('2026-11-23T10:00:30.500Z'),
  })
  expect(rangeBetween(at('11:59:59'), now, now)).toEqual(fixed('11:59:00', '12:00:00'))
})

test('zooming out keeps the middle, and what follows now goes on following it', () => {
  expect(zoomOut(fixed('08:00:00', '09:00:00'), now)).toEqual(fixed('07:30:00', '09:30:00'))
  expect(zoomOut(fixed('11:00:00', '12:00:00'), now)).toEqual(fixed('10:00:00', '12:00:00'))
  expect(zoomOut(hour, now)).toEqual({ kind: 'last', last: '6h' })
  const year = zoomOut({ kind: 'last', last: '1y' }, now)
  expect(zoomOut(year, now)).toEqual(year)
})

test('zooming in takes the middle, or what is looked at', () => {
  expect(zoomIn(fixed('08:00:00', '10:00:00'), now)).toEqual(fixed('08:30:00', '09:30:00'))
  expect(zoomIn(fixed('08:00:00', '10:00:00'), now, at('09:30:00'))).toEqual(fixed('09:00:00', '10:00:00'))
})

test('a step aside is half the range, as far as there is time', () => {
  expect(pan(fixed('08:00:00', '10:00:00'), -1, now)).toEqual(fixed('07:00:00', '09:00:00'))
  expect(pan(fixed('11:00:00', '11:50:00'), 1, now)).toEqual(fixed('11:10:00', '12:00:00'))
  expect(hasLater(fixed('11:00:00', '11:50:00'), now)).toBe(true)
  expect(hasLater(fixed('11:00:00', '12:00:00'), now)).toBe(false)
  expect(hasLater(hour, now)).toBe(false)
})
