import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Backup } from '#domain/backup/backup.ts'
import type { RecoveryEvidence, RecoveryWindow } from './recovery-window.ts'
import { recoveryWindows } from './recovery-windows-of.ts'
import { recoveryBounds, recoveryEnds, recoveryReach } from './recovery-words.ts'
import {
  labelOf,
  madeArchive,
  madeBackup,
  minute,
  segments,
  sizeBytes,
  startMs,
  wal,
} from '#domain/testing/backup-made.ts'
import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'

type Listed = Parameters<typeof madeArchive>[0]

function evidence(backups: Backup[], listed: Listed, histories: TimelineHistory[] = []): RecoveryEvidence {
  return { backups, archived: madeArchive(listed), histories, walSegmentSizeBytes: sizeBytes }
}

/** Minutes from the start at which a window begins and ends, with its kind. */
const span = ({ kind, timeline, targetTimeline, earliest, latest }: RecoveryWindow): string =>
  `${kind} ${timeline}/${targetTimeline} ${minutes(earliest.at)}-${minutes(latest.at)}`
const minutes = (at: Date): number => Math.floor((at.getTime() - startMs) / 60_000)

const failover: TimelineHistory = {
  timeline: 2,
  beganAt: minute(11),
  ancestors: [
    {
      timeline: 1,
      endLsn: 10 * sizeBytes + 500,
      reason: 'no recovery target specified',
      leftAt: minute(11),
      endedAt: null,
      isAbandoned: false,
    },
  ],
}
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
const one = madeBackup(1, 2, 3)
const two = madeBackup(1, 7, 8)
const later = (list: Listed): Listed => list.map((each) => ({ ...each, minute: each.number + 20 }))

test.each<[string, Backup[], Listed, TimelineHistory[], string[]]>([
  ['no backup', [], segments(1, 1, 9), [], []],
  ['no WAL', [one], [], [], []],
  ['one backup', [one], segments(1, 1, 9), [], ['span 1/1 3-9']],
  ['two backups share a window', [one, two], segments(1, 1, 9), [], ['span 1/1 3-9']],
  ['a gap', [one, two], [...segments(1, 1, 4), ...segments(1, 6, 12)], [], ['span 1/1 3-4', 'span 1/1 8-12']],
  [
    'a gap that no later backup starts after',
    [one],
    [...segments(1, 1, 4), ...segments(1, 6, 9)],
    [],
    ['span 1/1 3-4'],
  ],
  [
    'only its own WAL',
    [one, two],
    [...segments(1, 2, 2), ...segments(1, 7, 12)],
    [],
    ['point 1/1 3-3', 'span 1/1 8-12'],
  ],
  ['its own WAL incomplete', [one], segments(1, 3, 9), [], []],
  ['of an earlier cluster', [{ ...one, isOfThisCluster: false }], segments(1, 1, 9), [], []],
  ['of another repository', [{ ...one, repository: 2 }], segments(1, 1, 9), [], []],
  ['without its reference', [{ ...one, references: [labelOf(0, 'F')] }], segments(1, 1, 9), [], []],
  [
    'a failover',
    [one],
    [...segments(1, 1, 9), ...segments(2, 10, 14)],
    [failover],
    ['span 1/2 3-11', 'span 2/2 11-14'],
  ],
  [
    'a failover whose first segment is missing',
    [one],
    [...segments(1, 1, 9), ...segments(2, 11, 14)],
    [failover],
    ['span 1/1 3-9'],
  ],
  [
    'a recovery to an earlier moment',
    [one],
    [...segments(1, 1, 19), ...later(segments(2, 10, 14))],
    [recovery],
    ['span 1/1 3-19', 'span 2/2 30-34'],
  ],
  [
    'a backup past the fork does not serve the new timeline',
    [madeBackup(1, 12, 13)],
    [...segments(1, 1, 19), ...later(segments(2, 10, 14))],
    [recovery],
    ['span 1/1 13-19'],
  ],
  ['a timeline whose history is not known', [one], segments(2, 10, 14), [], []],
])('%s', (_, backups, listed, histories, windows) => {
  expect(recoveryWindows(evidence(backups, listed, histories)).map(span)).toEqual(windows)
})

test('each end says why it is there', () => {
  const [first, second] = recoveryWindows(evidence([one, two], [...segments(1, 1, 4), ...segments(1, 6, 12)]))
  expect(first?.earliest).toEqual({ at: new Date(minute(3).getTime() + 1000), why: `end of full backup ${one.label}` })
  expect(first?.latest.why).toBe(`WAL segment ${wal(1, 5)} is missing from the archive`)
  expect(second?.latest.why).toBe(`newest archived WAL segment of timeline 1, ${wal(1, 12)}`)
  expect(second?.surelyUntil).toEqual(minute(11))
})

test('the reach is told in a sentence', () => {
  const windows = recoveryWindows(evidence([one, two], [...segments(1, 1, 4), ...segments(1, 6, 12)]))
  expect(recoveryReach(windows, [1], minute(15))).toBe(
    'Recovery can land anywhere from 11 min to 3 min ago, but for 1 stretch in between.',
  )
  expect(recoveryEnds(windows, [1])).toBe(
    `From 2026-11-24 00:03:01 UTC (end of full backup ${one.label}) to 2026-11-24 00:12:00 UTC (newest archived WAL segment of timeline 1, ${wal(1, 12)}).`,
  )
  expect(recoveryBounds(windows, [1])).toEqual({
    earliestAt: new Date(minute(3).getTime() + 1000),
    latestAt: minute(12),
  })
  expect(recoveryBounds(windows, [2])).toBeNull()
})

test('no window and only points are told as such', () => {
  expect(recoveryReach([], [1], minute(9))).toMatch(/^No moment can be recovered/)
  const points = recoveryWindows(evidence([one], segments(1, 2, 2)))
  expect(recoveryReach(points, [1], minute(9))).toBe(
    'Only the end of one backup can be recovered: no WAL after it is archived.',
  )
})

const listed = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 40 })
const stops = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 6 })

test('no window has a gap, and each backup in it has all its WAL', () => {
  fc.assert(
    fc.property(listed, stops, fc.boolean(), (numbers, backupsAt, hasForked) => {
      const archive = numbers.map((number) => ({ timeline: hasForked && number >= 10 ? 2 : 1, number }))
      const backups = backupsAt.map((number) => madeBackup(hasForked && number > 10 ? 2 : 1, number, number))
      for (const window of recoveryWindows(evidence(backups, archive, hasForked ? [failover] : []))) {
        expect(window.earliest.at <= window.latest.at).toBe(true)
        expect(window.backups.length).toBeGreaterThan(0)
        const needed = segments(
          1,
          Math.floor((window.backups[0]?.lsnStart ?? 0) / sizeBytes),
          Math.ceil(window.toLsn / sizeBytes) - 1,
        )
        for (const { number } of needed) expect(numbers).toContain(number)
      }
    }),
  )
})
