import { expect, test } from 'vitest'
import { fieldText, rangeWords } from './range-words.ts'
import { readTypedRange } from './typed-range.ts'

const zone = 'Europe/Berlin'
const now = new Date('2026-11-23T12:00:00Z')
const read = (from: string, to: string) => readTypedRange(from, to, zone, now)

test('both ends are read on the clock of the viewer', () => {
  expect(read('2026-11-23 09:00', '10:30')).toEqual({
    range: { kind: 'fixed', from: new Date('2026-11-23T08:00:00Z'), to: new Date('2026-11-23T09:30:00Z') },
  })
  expect(read('2 h ago', 'now')).toEqual({ range: { kind: 'fixed', from: new Date('2026-11-23T10:00:00Z'), to: now } })
})

test('what a field is given it reads again as the same moment', () => {
  const from = new Date('2026-11-23T08:00:07Z')
  const to = new Date('2026-11-23T09:30:00Z')
  expect(read(fieldText(from, zone), fieldText(to, zone))).toEqual({ range: { kind: 'fixed', from, to } })
})

test('each end says what is wrong with it', () => {
  expect(read('some day', '10:30')).toEqual({ fromFault: expect.stringContaining('no moment'), toFault: null })
  expect(read('09:00', '')).toEqual({ fromFault: null, toFault: expect.stringContaining('no moment') })
  expect(read('10:30', '09:00')).toEqual({ fromFault: null, toFault: 'This is not after the beginning.' })
  expect(read('2027-01-01 10:00', '2027-01-02 09:00')).toMatchObject({
    fromFault: expect.stringContaining('yet to come'),
  })
})

test('an end ahead of now is now', () => {
  expect(read('2026-11-23 09:00', '2026-11-23 20:00')).toEqual({
    range: { kind: 'fixed', from: new Date('2026-11-23T08:00:00Z'), to: now },
  })
})

test('a range is told in words', () => {
  expect(rangeWords({ kind: 'last', last: '6h' }, zone)).toBe('the last 6 hours')
  expect(
    rangeWords({ kind: 'fixed', from: new Date('2026-11-23T08:00:00Z'), to: new Date('2026-11-23T09:30:00Z') }, zone),
  ).toBe('Mon 23 Nov 2026, 09:00 to 10:30')
})
