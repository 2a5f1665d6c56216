import { expect, test } from 'vitest'
import { judgeBackups } from '#domain/backup/judge-backups.ts'
import type { KeptRun } from '#domain/backup/due-runs.ts'
import { rehearsalFindings, type RehearsalScheduleSeen, type RehearsalSeen } from './rehearsal-findings.ts'
import { defaultRehearsalSchedule } from './rehearsal-schedule.ts'
import { hour, madeView } from '#domain/testing/restore-case.ts'

const daysAgo = (days: number): Date => new Date(hour.getTime() - days * 86_400_000)
const good = (days: number): RehearsalSeen => ({ endedAt: daysAgo(days), isGood: true, fault: null })
const bad = (days: number): RehearsalSeen => ({
  endedAt: daysAgo(days),
  isGood: false,
  fault: 'WAL 00000004000000000000000A is missing.',
})

test.each<[string, RehearsalSeen[], [string, RegExp][]]>([
  ['one lately', [good(34)], []],
  ['none ever', [], [['rehearsal-overdue', /was ever rehearsed/]]],
  ['one long ago', [good(60), good(36)], [['rehearsal-overdue', /went well was 36 d ago/]]],
  ['one that failed first', [bad(3)], [['rehearsal-failed', /3 d ago failed: WAL 0{7}4.* is missing\. None has ever/]]],
  ['one that failed since', [bad(3), good(5)], [['rehearsal-failed', /last that went well was 5 d ago/]]],
  ['one that went well since', [good(2), bad(3)], []],
])('%s', (_, rehearsals, found) => {
  const findings = rehearsalFindings(rehearsals, hour)
  expect(findings).toHaveLength(found.length)
  for (const [index, [kind, sentence]] of found.entries()) {
    expect(findings[index]).toMatchObject({ kind, sentence: expect.stringMatching(sentence) })
  }
})

test('they are told with the other findings where rehearsals are known and there is a backup', () => {
  const kinds = (rehearsals: RehearsalSeen[] | null, view = madeView()) =>
    judgeBackups(view, hour, { rehearsals }).findings.map(({ kind }) => kind)
  expect(kinds([])).toContain('rehearsal-overdue')
  expect(kinds(null)).not.toContain('rehearsal-overdue')
  expect(kinds([], madeView({}, []))).not.toContain('rehearsal-overdue')
})

/** The Sunday before, at 04:00 UTC. */
const due = new Date(
  hour.getTime() - ((hour.getUTCDay() * 24 + hour.getUTCHours() - 4) * 60 + hour.getUTCMinutes()) * 60_000,
)
const week = 7 * 86_400_000
const scheduled = (since: Date, runs: KeptRun[] = []): RehearsalScheduleSeen => ({
  schedule: defaultRehearsalSchedule,
  since,
  runs,
})
const run = (dueAt: Date, state: KeptRun['state']): KeptRun => ({
  kind: 'rehearsal',
  dueAt,
  type: null,
  state,
  sentence: state === 'missed' ? 'No node had room.' : null,
  operationId: null,
  changedAt: dueAt,
})

test('by a schedule a rehearsal is overdue a day after it was due, not a month', () => {
  const inForce = scheduled(daysAgo(60), [run(due, 'begun')])
  const after = new Date(due.getTime() + 30 * 3_600_000)
  const found = (endedAt: Date, now = after) =>
    rehearsalFindings([{ endedAt, isGood: true, fault: null }], now, inForce)
  expect(found(new Date(due.getTime() + 3_600_000))).toEqual([])
  expect(found(new Date(due.getTime() - week))).toMatchObject([
    { kind: 'rehearsal-overdue', sentence: expect.stringMatching(/8 d ago; one was due at .* 04:00:00 UTC\.$/) },
  ])
  expect(found(new Date(due.getTime() - week + 3_600_000), new Date(due.getTime() + 3_600_000))).toEqual([])
})

test('a run that was missed is told with why, until a rehearsal has gone well', () => {
  const inForce = scheduled(daysAgo(60), [run(due, 'missed'), run(new Date(due.getTime() - week), 'missed')])
  expect(rehearsalFindings([good(40)], hour, inForce)).toMatchObject([
    {
      kind: 'rehearsal-overdue',
      sentence: expect.stringMatching(
        /was missed\. No node had room\. So was the one before it\. The last that went well was 40 d ago\.$/,
      ),
    },
  ])
  expect(rehearsalFindings([], hour, inForce)).toMatchObject([
    { sentence: expect.stringMatching(/was missed\. .* None has ever gone well\.$/) },
  ])
  expect(rehearsalFindings([{ endedAt: hour, isGood: true, fault: null }], hour, inForce)).toEqual([])
  expect(rehearsalFindings([bad(0)], hour, inForce)).toMatchObject([{ kind: 'rehearsal-failed' }])
})

test('a schedule of which nothing was due yet says nothing of what was before it', () => {
  const young = scheduled(hour)
  expect(rehearsalFindings([good(34)], hour, young)).toEqual([])
  expect(rehearsalFindings([good(36)], hour, young)).toMatchObject([{ kind: 'rehearsal-overdue' }])
  expect(rehearsalFindings([], hour, young)).toMatchObject([{ sentence: expect.stringMatching(/ever rehearsed/) }])
})
