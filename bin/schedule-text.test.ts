import { expect, test } from 'vitest'
import { readRun, readWeekly } from './schedule-text.ts'

test.each([
  ['full@sun@01:00', { type: 'full', weekdays: [0], hour: 1, minute: 0 }],
  ['diff@mon-sat@01:00', { type: 'diff', weekdays: [1, 2, 3, 4, 5, 6], hour: 1, minute: 0 }],
  ['INCR@fri-mon@13:30', { type: 'incr', weekdays: [5, 6, 0, 1], hour: 13, minute: 30 }],
  ['incr@mon,wed@9:05', { type: 'incr', weekdays: [1, 3], hour: 9, minute: 5 }],
  ['full@daily@23:59', { type: 'full', weekdays: [0, 1, 2, 3, 4, 5, 6], hour: 23, minute: 59 }],
])('%s is understood', (text, run) => {
  expect(readRun(text)).toEqual(run)
})

test.each(['full', 'whole@sun@01:00', 'full@sunday@01:00', 'full@sun@24:00', 'full@sun@1', 'full@mon-@01:00'])(
  '%s is not',
  (text) => {
    expect(() => readRun(text)).toThrow(/cannot be understood/)
  },
)

test('a time of the week names one day', () => {
  expect(readWeekly('sat@04:30')).toEqual({ weekday: 6, hour: 4, minute: 30 })
  expect(() => readWeekly('mon-fri@04:30')).toThrow(/name one day/)
})
