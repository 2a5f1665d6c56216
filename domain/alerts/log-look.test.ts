import { expect, test } from 'vitest'
import { logLookDue, logWindowOf } from './log-look.ts'
import { moment } from './testing/made-alert.ts'

const open = { openedAt: moment(0), closedAt: null }
const over = { openedAt: moment(0), closedAt: moment(100) }

test.each([
  ['a few seconds after it opened', { ...open, lookedAt: null }, 10, { isLast: false }],
  ['not at once', { ...open, lookedAt: null }, 9, null],
  ['again within the first minute', { ...open, lookedAt: moment(10) }, 30, { isLast: false }],
  ['and not more often then', { ...open, lookedAt: moment(10) }, 29, null],
  ['each minute at first', { ...open, lookedAt: moment(10) }, 70, { isLast: false }],
  ['not more often', { ...open, lookedAt: moment(10) }, 69, null],
  ['each five minutes after ten', { ...open, lookedAt: moment(600) }, 899, null],
  ['and then', { ...open, lookedAt: moment(600) }, 900, { isLast: false }],
  ['seldom after hours', { ...open, lookedAt: moment(30_000) }, 31_799, null],
  ['soon after it closed', { ...over, lookedAt: moment(99) }, 110, { isLast: false }],
  ['once', { ...over, lookedAt: moment(111) }, 399, null],
  ['and a last time', { ...over, lookedAt: moment(111) }, 400, { isLast: true }],
  ['also where nobody could look before', { ...over, lookedAt: null }, 5_000, { isLast: true }],
])('logs are read %s', (_, incident, seconds, expected) => {
  expect(logLookDue(incident, moment(seconds))).toEqual(expected)
})

test('a log is read from five minutes before an incident, then from where it was read to, by whole minutes', () => {
  expect(logWindowOf(open, null, moment(30))).toEqual({ from: moment(-300), to: moment(90) })
  expect(logWindowOf(open, moment(150), moment(200))).toEqual({ from: moment(60), to: moment(260) })
  expect(logWindowOf(over, moment(-4_000), moment(5_000))).toEqual({ from: moment(-300), to: moment(400) })
})
