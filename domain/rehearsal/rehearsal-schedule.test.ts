import { expect, test } from 'vitest'
import { defaultRehearsalSchedule, describeRehearsals, rehearsalsDue, wishOf } from './rehearsal-schedule.ts'

// 2026-11-22 is a Sunday.
const at = (time: string): Date => new Date(`2026-11-${time}Z`)

test('a rehearsal is due once a week', () => {
  const due = rehearsalsDue(defaultRehearsalSchedule, at('15T04:00:00'), at('29T03:59:00'))
  expect(due.map((run) => run.at)).toEqual([at('22T04:00:00')])
})

test('it asks for the moment as long before as the schedule says, or for the newest', () => {
  expect(wishOf(defaultRehearsalSchedule, at('22T04:00:30')).target).toEqual({
    type: 'time',
    at: at('22T03:00:30'),
    timeline: null,
  })
  const newest = { ...defaultRehearsalSchedule, beforeMs: null, check: 'select 1' }
  expect(wishOf(newest, at('22T04:00:30'))).toMatchObject({ target: { type: 'default' }, check: 'select 1' })
  expect(describeRehearsals(newest)).toBe('On Sunday at 04:00 (UTC), to the end of the archive, with a check query.')
  expect(describeRehearsals(defaultRehearsalSchedule)).toBe('On Sunday at 04:00 (UTC), to 1 h before.')
})
