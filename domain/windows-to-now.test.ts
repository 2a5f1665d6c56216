import { expect, test } from 'vitest'
import { recoveryWindows } from './recovery-windows-of.ts'
import type { RecoveryWindow } from './recovery-window.ts'
import { madeArchive, madeBackup, minute, segments, sizeBytes } from './testing/backup-made.ts'
import { windowsToNow } from './windows-to-now.ts'

const now = minute(60)
const lsn = 30 * sizeBytes

function windows(archived: { timeline: number; number: number }[], stops: number[]): RecoveryWindow[] {
  return recoveryWindows({
    backups: stops.map((stop) => madeBackup(1, stop, stop)),
    archived: madeArchive(archived),
    histories: [],
    walSegmentSizeBytes: sizeBytes,
  })
}

const ends = (given: RecoveryWindow[]) => given.map(({ kind, latest }) => [kind, latest.at])

test('what a running leader has not archived yet joins the end of its timeline', () => {
  const held = windows(segments(1, 1, 10), [3])
  expect(windowsToNow(held, { timeline: 1, lsn }, now)).toMatchObject([
    { kind: 'span', latest: { at: now }, surelyUntil: now, toLsn: lsn, earliest: held[0]?.earliest },
  ])
  expect(windowsToNow(held, null, now)).toEqual(held)
  expect(windowsToNow(held, { timeline: 2, lsn }, now)).toEqual(held)
})

test('a backup without WAL after it becomes a span', () => {
  const held = windows(segments(1, 1, 10), [10])
  expect(ends(held)).toEqual([['point', minute(10)]])
  expect(ends(windowsToNow(held, { timeline: 1, lsn: null }, now))).toEqual([['span', now]])
})

test('what lies before a gap does not join it', () => {
  const held = windows([...segments(1, 1, 10), ...segments(1, 12, 20)], [3])
  expect(ends(held)).toEqual([['span', minute(10)]])
  expect(windowsToNow(held, { timeline: 1, lsn }, now)).toEqual(held)
  const both = windows([...segments(1, 1, 10), ...segments(1, 12, 20)], [3, 15])
  expect(ends(windowsToNow(both, { timeline: 1, lsn }, now))).toEqual([
    ['span', minute(10)],
    ['span', now],
  ])
})
