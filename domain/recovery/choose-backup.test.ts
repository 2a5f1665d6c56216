import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BackupChoice, ChoiceCase, RecoveryTarget } from './backup-choice.ts'
import type { Backup } from '#domain/backup/backup.ts'
import { chooseBackup } from './choose-backup.ts'
import { recoveryWindows } from './recovery-windows-of.ts'
import { madeArchive, madeBackup, minute, segments, sizeBytes, startMs } from '#domain/testing/backup-made.ts'
import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'

const one = madeBackup(1, 2, 3)
const two = madeBackup(1, 7, 8)
const three = madeBackup(1, 15, 16)
const seconds = (amount: number): Date => new Date(startMs + amount * 1000)
const recovery: TimelineHistory = {
  timeline: 2,
  beganAt: minute(30),
  ancestors: [
    {
      timeline: 1,
      endLsn: 10 * sizeBytes + 500,
      reason: 'before transaction 7',
      leftAt: minute(10),
      endedAt: null,
      isAbandoned: true,
    },
  ],
}
const branch = segments(2, 10, 14).map((each) => ({ ...each, minute: each.number + 20 }))

function choose(
  target: RecoveryTarget,
  change: Partial<ChoiceCase> = {},
  backups: Backup[] = [one, two, three],
): BackupChoice {
  const archived = madeArchive([...segments(1, 1, 11), ...segments(1, 13, 20), ...branch])
  const windows = recoveryWindows({ backups, archived, histories: [recovery], walSegmentSizeBytes: sizeBytes })
  return chooseBackup({ target, windows, history: recovery, lastCommitAt: null, now: minute(60), ...change })
}

const time = (at: Date, timeline: number | null = null): RecoveryTarget => ({ type: 'time', at, timeline })

test.each<[string, RecoveryTarget, string, number]>([
  ['between two backups', time(minute(7)), one.label, 1],
  ['in the second the newer one ended', time(seconds(480.999)), one.label, 1],
  ['a second later', time(seconds(481)), two.label, 1],
  ['after a gap', time(minute(18)), three.label, 1],
  ['on the new timeline', time(minute(32)), two.label, 2],
  ['on a timeline that was asked for', time(minute(9), 1), two.label, 1],
  ['a position', { type: 'lsn', lsn: 9 * sizeBytes, timeline: 1 }, two.label, 1],
  ['the stop position of a backup', { type: 'lsn', lsn: 7 * sizeBytes + 300, timeline: 1 }, two.label, 1],
  ['a position before that', { type: 'lsn', lsn: 7 * sizeBytes + 299, timeline: 1 }, one.label, 1],
  ['a transaction with its backup', { type: 'xid', value: '77', set: one.label, timeline: 1 }, one.label, 1],
  ['a name with its backup', { type: 'name', value: 'upgrade', set: two.label, timeline: 2 }, two.label, 2],
  ['the end of a backup', { type: 'immediate', set: one.label }, one.label, 1],
  ['the end of the archive', { type: 'default', timeline: null }, two.label, 2],
  ['the end of an older timeline', { type: 'default', timeline: 1 }, three.label, 1],
])('%s: the backup and the timeline', (_, target, label, targetTimeline) => {
  expect(choose(target)).toMatchObject({ kind: 'chosen', backup: { label }, targetTimeline })
})

test.each<[string, RecoveryTarget, RegExp, Date | null]>([
  ['before the first backup', time(minute(1)), /no backup with unbroken WAL ended before it/, seconds(181)],
  ['in the second it ended', time(seconds(180.5)), /no backup/, seconds(181)],
  ['in a gap', time(seconds(11.4 * 60)), /WAL that it needs is missing/, minute(11)],
  ['past the archive', time(minute(40)), /archive does not reach that far/, minute(34)],
  ['yet to come', time(minute(61)), /yet to come/, minute(34)],
  ['on a timeline that is not there', time(minute(7), 9), /cannot be recovered on timeline 9: no moment can/, null],
  ['a position past all WAL', { type: 'lsn', lsn: 99 * sizeBytes, timeline: null }, /in no window/, minute(34)],
  ['a position before the first backup', { type: 'lsn', lsn: sizeBytes, timeline: null }, /in no window/, seconds(181)],
  [
    'a position in a gap',
    { type: 'lsn', lsn: 12.5 * sizeBytes, timeline: 1 },
    /in no window on timeline 1\. The nearest moment that can is 2026-11-24 00:11:00 UTC\.$/,
    minute(11),
  ],
  ['a position on no timeline', { type: 'lsn', lsn: sizeBytes, timeline: 9 }, /in no window on timeline 9\.$/, null],
  ['a transaction without a backup', { type: 'xid', value: '77', set: null, timeline: null }, /Choose a backup/, null],
  ['a backup that is not there', { type: 'immediate', set: '20200101-000000F' }, /cannot be used/, null],
  ['the end of a timeline that is not there', { type: 'default', timeline: 9 }, /no backup reaches it/, null],
])('%s is refused', (_, target, sentence, nearestAt) => {
  expect(choose(target)).toMatchObject({ kind: 'refused', sentence: expect.stringMatching(sentence), nearestAt })
})

test('nothing can be recovered from nothing', () => {
  expect(choose(time(minute(7)), {}, [])).toMatchObject({ kind: 'refused', nearestAt: null })
})

test('a moment after the last commit is refused: Postgres would look for a later one in vain', () => {
  const choice = choose(time(minute(33)), { lastCommitAt: minute(32) })
  expect(choice).toMatchObject({
    kind: 'refused',
    isEndOfArchiveBetter: true,
    nearestAt: new Date(minute(32).getTime() - 1),
  })
  expect(choose(time(minute(31)), { lastCommitAt: minute(32) })).toMatchObject({ kind: 'chosen' })
})

test('a moment in the last archived segment is warned about', () => {
  expect(choose(time(seconds(33.5 * 60)))).toMatchObject({
    warnings: [expect.stringContaining('last archived segment')],
  })
  expect(choose(time(seconds(32.5 * 60)))).toMatchObject({ warnings: [] })
})

test('a backup with page errors is chosen as pgBackRest would, and warned about', () => {
  const damaged = { ...two, hasPageErrors: true }
  expect(choose(time(minute(9)), {}, [one, damaged])).toMatchObject({
    backup: { label: two.label },
    warnings: [expect.stringContaining(`full backup ${one.label} is free of them`)],
  })
  expect(choose(time(minute(9)), {}, [damaged])).toMatchObject({
    warnings: [expect.stringContaining('no older one is free of them')],
  })
})

test('where the old leader archived on, the timeline that took over is still followed', () => {
  const failover: TimelineHistory = {
    timeline: 2,
    beganAt: minute(11),
    ancestors: [
      {
        timeline: 1,
        endLsn: 10 * sizeBytes + 500,
        reason: '',
        leftAt: minute(11),
        endedAt: minute(11),
        isAbandoned: false,
      },
    ],
  }
  const archived = madeArchive([...segments(1, 1, 12), ...segments(2, 10, 14)])
  const windows = recoveryWindows({ backups: [one], archived, histories: [failover], walSegmentSizeBytes: sizeBytes })
  expect(windows.map(({ targetTimeline }) => targetTimeline)).toEqual([1, 2, 2])
  expect(choose(time(seconds(10.5 * 60)), { windows })).toMatchObject({ targetTimeline: 2 })
  expect(choose(time(seconds(11.5 * 60), 1), { windows })).toMatchObject({ targetTimeline: 1 })
})

test.each<[string, RecoveryTarget, number]>([
  ['a moment that the recovery went back behind', time(minute(18)), 1],
  ['a moment before that', time(minute(9)), 0],
  ['a moment on the current timeline', time(minute(32)), 0],
  ['a position past the fork', { type: 'lsn', lsn: 16 * sizeBytes, timeline: 1 }, 1],
  ['a position before it', { type: 'lsn', lsn: 9 * sizeBytes, timeline: 1 }, 0],
  ['the end of the timeline that was left', { type: 'default', timeline: 1 }, 1],
  ['the end of a backup taken past the fork', { type: 'immediate', set: three.label }, 1],
])('%s: what was left behind is said to be', (_, target, warnings) => {
  const choice = choose(target)
  const left = choice.kind === 'chosen' ? choice.warnings.filter((warning) => warning.includes('left behind')) : null
  expect(left).toHaveLength(warnings)
})

test('no backup is chosen that did not end in a second before the target, and the nearest moment can be chosen', () => {
  const archive = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 40 })
  const stops = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 6 })
  fc.assert(
    fc.property(archive, stops, fc.integer({ min: 0, max: 3_000_000 }), (numbers, stopMinutes, ms) => {
      const windows = recoveryWindows({
        backups: stopMinutes.map((number) => madeBackup(1, number, number)),
        archived: madeArchive(numbers.map((number) => ({ timeline: 1, number }))),
        histories: [],
        walSegmentSizeBytes: sizeBytes,
      })
      const ask = (at: Date): BackupChoice =>
        chooseBackup({ target: time(at), windows, history: null, lastCommitAt: null, now: minute(60) })
      const choice = ask(new Date(startMs + ms))
      expect(isInOrder(choice, startMs + ms) && isNearestChosen(choice, ask)).toBe(true)
      expect(JSON.stringify(choice)).not.toMatch(/undefined|NaN/)
    }),
  )
})

function isInOrder(choice: BackupChoice, targetMs: number): boolean {
  return choice.kind === 'refused' || choice.backup.stoppedAt.getTime() < Math.floor(targetMs / 1000) * 1000
}

function isNearestChosen(choice: BackupChoice, ask: (at: Date) => BackupChoice): boolean {
  return choice.kind === 'chosen' || choice.nearestAt === null || ask(choice.nearestAt).kind === 'chosen'
}

test('any position is in a window, or the nearest moment that is named can be recovered', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 25 * sizeBytes }), fc.constantFrom(null, 1, 2), (lsn, timeline) => {
      const found = choose({ type: 'lsn', lsn, timeline })
      if (found.kind === 'chosen') return
      expect(choose(time(found.nearestAt ?? minute(0), timeline)).kind).toBe('chosen')
    }),
  )
})
