import { describe, expect, test } from 'vitest'
import { chooseBackup } from './choose-backup.ts'
import { recoveryWindows } from './recovery-windows-of.ts'
import type { RecoveryWindow } from './recovery-window.ts'
import { madeArchive, madeBackup, minute, segments, sizeBytes } from '#domain/testing/backup-made.ts'
import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'
import { windowsToNow } from './windows-to-now.ts'

const now = minute(60)
const lsn = 30 * sizeBytes
const leader = { timeline: 1, lsn, walSegmentSizeBytes: sizeBytes }

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
  expect(windowsToNow(held, leader, null, now)).toMatchObject([
    { kind: 'span', latest: { at: now }, surelyUntil: now, toLsn: lsn, earliest: held[0]?.earliest },
  ])
  expect(windowsToNow(held, null, null, now)).toEqual(held)
  expect(windowsToNow(held, { ...leader, timeline: 2 }, null, now)).toEqual(held)
})

test('a backup without WAL after it becomes a span', () => {
  const held = windows(segments(1, 1, 10), [10])
  expect(ends(held)).toEqual([['point', minute(10)]])
  expect(ends(windowsToNow(held, { ...leader, lsn: null }, null, now))).toEqual([['span', now]])
})

test('what lies before a gap does not join it', () => {
  const held = windows([...segments(1, 1, 10), ...segments(1, 12, 20)], [3])
  expect(ends(held)).toEqual([['span', minute(10)]])
  expect(windowsToNow(held, leader, null, now)).toEqual(held)
  const both = windows([...segments(1, 1, 10), ...segments(1, 12, 20)], [3, 15])
  expect(ends(windowsToNow(both, leader, null, now))).toEqual([
    ['span', minute(10)],
    ['span', now],
  ])
})

describe('a timeline of which nothing is archived yet', () => {
  const history: TimelineHistory = {
    timeline: 2,
    beganAt: minute(40),
    ancestors: [
      {
        timeline: 1,
        endLsn: 11 * sizeBytes + 500,
        reason: 'no recovery target specified',
        leftAt: minute(40),
        endedAt: minute(40),
        isAbandoned: false,
      },
    ],
  }
  const onTwo = { ...leader, timeline: 2 }

  test('joins the one it came from, up to its last, unfinished segment', () => {
    const joined = windowsToNow(windows(segments(1, 1, 10), [3]), onTwo, history, now)
    expect(joined).toMatchObject([
      { timeline: 1, targetTimeline: 1, latest: { at: minute(10) } },
      { timeline: 1, targetTimeline: 2, latest: { at: minute(40) }, toLsn: 11 * sizeBytes + 500 },
      { timeline: 2, targetTimeline: 2, earliest: { at: minute(40) }, latest: { at: now }, toLsn: lsn },
    ])
  })

  test('not where a segment between is missing, nor with a backup from after it was left', () => {
    const behind = windows(segments(1, 1, 9), [3])
    expect(windowsToNow(behind, onTwo, history, now)).toEqual(behind)
    const late = windows(segments(1, 10, 15), [12])
    expect(windowsToNow(late, onTwo, history, now)).toEqual(late)
  })

  test('after a recovery what was left behind is not followed', () => {
    const [parent] = history.ancestors
    const ancestors = parent ? [{ ...parent, isAbandoned: true, leftAt: minute(9) }] : []
    const joined = windowsToNow(windows(segments(1, 1, 15), [3]), onTwo, { ...history, ancestors }, now)
    expect(joined.map(({ timeline, targetTimeline }) => [timeline, targetTimeline])).toEqual([
      [1, 1],
      [2, 2],
    ])
  })

  test('a moment on it is served by a backup of its parent', () => {
    const choice = chooseBackup({
      target: { type: 'time', at: minute(50), timeline: null },
      windows: windows(segments(1, 1, 10), [3, 7]),
      history,
      lastCommitAt: null,
      stillArchives: onTwo,
      now,
    })
    expect(choice).toMatchObject({ kind: 'chosen', targetTimeline: 2, backup: { stoppedAt: minute(7) }, warnings: [] })
  })
})
