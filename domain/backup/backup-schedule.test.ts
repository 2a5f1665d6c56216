import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultBackupSchedule, describeSchedule, dueBetween, lastDue, missedRuns, nextRun } from './backup-schedule.ts'

// 2026-11-22 is a Sunday.
const at = (time: string): Date => new Date(`2026-11-${time}Z`)

test.each([
  ['22T00:59:59', 'full', '22T01:00:00'],
  ['22T01:00:00', 'diff', '23T01:00:00'],
  ['28T12:00:00', 'full', '29T01:00:00'],
])('after %s the next run is %s at %s', (now, type, due) => {
  expect(nextRun(defaultBackupSchedule, at(now))).toEqual({ type, at: at(due) })
})

test.each([
  ['22T01:00:00', null, 'full', '22T01:00:00'],
  ['22T00:59:59', null, 'diff', '21T01:00:00'],
  ['28T12:00:00', 'full', 'full', '22T01:00:00'],
] as const)('by %s the last run due of %s was %s at %s', (now, asked, type, due) => {
  expect(lastDue(defaultBackupSchedule, at(now), asked)).toEqual({ type, at: at(due) })
})

test('a run counts as missed when nothing as full began before the next was due', () => {
  const ran = [
    { type: 'full', startedAt: at('22T01:00:04') },
    { type: 'incr', startedAt: at('23T01:00:04') },
    { type: 'full', startedAt: at('24T09:00:00') },
  ] as const
  const asked = { since: at('21T12:00:00'), now: at('25T01:20:00'), graceMs: 1_800_000 }
  expect(missedRuns(defaultBackupSchedule, ran, asked)).toEqual([{ type: 'diff', at: at('23T01:00:00') }])
  expect(missedRuns(defaultBackupSchedule, ran, { ...asked, now: at('25T01:30:00') })).toHaveLength(2)
})

test.each([
  [defaultBackupSchedule, 'Full on Sunday at 01:00, differential on Monday to Saturday at 01:00 (UTC).'],
  [{ runs: [] }, 'No backups are scheduled.'],
  [{ runs: [{ type: 'full' as const, weekdays: [] as number[], hour: 1, minute: 0 }] }, 'No backups are scheduled.'],
  [
    { runs: [{ type: 'incr' as const, weekdays: [6, 0], hour: 13, minute: 5 }] },
    'Incremental on Sunday and Saturday at 13:05 (UTC).',
  ],
  [
    { runs: [{ type: 'full' as const, weekdays: [0, 1, 2, 3, 4, 5, 6], hour: 0, minute: 0 }] },
    'Full every day at 00:00 (UTC).',
  ],
])('%j reads as: %s', (schedule, sentence) => {
  expect(describeSchedule(schedule)).toBe(sentence)
})

test('where two runs fall together the fuller one counts', () => {
  const schedule = {
    runs: [...defaultBackupSchedule.runs, { type: 'incr' as const, weekdays: [0], hour: 1, minute: 0 }],
  }
  expect(dueBetween(schedule, at('22T00:00:00'), at('22T23:00:00'))).toEqual([{ type: 'full', at: at('22T01:00:00') }])
})

test('an empty schedule has no next and no last run', () => {
  expect(nextRun({ runs: [] }, at('22T00:00:00'))).toBeNull()
  expect(lastDue({ runs: [] }, at('22T00:00:00'))).toBeNull()
})

const run = fc.record({
  type: fc.constantFrom('full' as const, 'diff' as const, 'incr' as const),
  weekdays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
  hour: fc.integer({ min: 0, max: 23 }),
  minute: fc.integer({ min: 0, max: 59 }),
})
const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })

test('the run that comes next is the one that was last when it comes, and none lies between', () => {
  fc.assert(
    fc.property(fc.array(run, { minLength: 1, maxLength: 4 }), moment, (runs, now) => {
      const next = nextRun({ runs }, now)
      const last = lastDue({ runs }, now)
      expect(next && next.at > now && next.at.getTime() - now.getTime() <= 7 * 86_400_000).toBe(true)
      expect(last && last.at <= now).toBe(true)
      expect(next && lastDue({ runs }, next.at)).toEqual(next)
      const between = next && last && dueBetween({ runs }, last.at, new Date(next.at.getTime() - 1))
      expect(between).toEqual([])
    }),
  )
})
