import { expect, test } from 'vitest'
import type { ScheduledRun } from './backup-schedule.ts'
import { defaultTimetable, describeTimetable, timetableFault } from './backup-timetable.ts'

const sunday: ScheduledRun = { type: 'full', weekdays: [0], hour: 1, minute: 0 }

test.each<[string, ScheduledRun[], RegExp]>([
  ['nothing', [], /at least one day/],
  ['no day', [{ ...sunday, weekdays: [] }], /at least one day/],
  ['never a full one', [{ ...sunday, type: 'incr' }], /full backup/],
  ['an eighth day', [{ ...sunday, weekdays: [7] }], /0 to 6/],
  ['an hour too many', [{ ...sunday, hour: 24 }], /0 to 23/],
  ['half a minute', [{ ...sunday, minute: 0.5 }], /0 to 59/],
])('%s is no schedule', (_, runs, words) => {
  expect(timetableFault({ runs })).toMatch(words)
})

test('what is offered is a schedule', () => {
  expect(timetableFault(defaultTimetable)).toBeNull()
})

test('where backups are read and go is told where it is not the usual', () => {
  const usual = 'Full on Sunday at 01:00, differential on Monday to Saturday at 01:00 (UTC).'
  expect(describeTimetable(defaultTimetable)).toBe(usual)
  expect(describeTimetable({ ...defaultTimetable, fromStandby: true, repository: 2 })).toBe(
    `${usual} The files are read from a replica. They go to repository 2.`,
  )
  expect(describeTimetable({ ...defaultTimetable, runs: [], fromStandby: true })).toBe('No backups are scheduled.')
})
