import { expect, test } from 'vitest'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'
import { madeArchive, madeBackup, minute, segments, sizeBytes, wal } from '#domain/testing/backup-made.ts'
import { isSoonCounted } from './commits-lost.ts'
import { givenUpOf } from './given-up.ts'
import { leftAt } from './left-at.ts'
import { segmentsGivenUp } from './segments-given-up.ts'
import { pathOf } from './timeline-path.ts'

const backup = madeBackup(4, 7, 7)
const lsn = (segment: number) => segment * sizeBytes + 300
const left = { reason: '', leftAt: null, endedAt: null, isAbandoned: false }
/** A timeline that came from others, each left in the middle of that segment. */
const made = (timeline: number, ...parents: [number, number][]): TimelineHistory => ({
  timeline,
  beganAt: null,
  ancestors: parents.map(([parent, segment]) => ({ timeline: parent, endLsn: lsn(segment), ...left })),
})
const current = made(5, [1, 3], [4, 10])

test('a recovery on the current line leaves it nowhere, on an older timeline of it where that ended', () => {
  expect(leftAt(current, [], 5)).toEqual({ lsn: null })
  expect(leftAt(current, [], 4)).toEqual({ lsn: lsn(10) })
  expect(leftAt(current, [], 1)).toEqual({ lsn: lsn(3) })
})

test('a timeline that was given up left the line where the two part', () => {
  // It came from timeline 4 earlier than the line left that, or later, or from timeline 1, or shares none.
  expect(leftAt(current, [made(3, [1, 2])], 3)).toEqual({ lsn: lsn(2) })
  expect(leftAt(current, [made(6, [1, 3], [4, 8])], 6)).toEqual({ lsn: lsn(8) })
  expect(leftAt(current, [made(6, [1, 3], [4, 12])], 6)).toEqual({ lsn: lsn(10) })
  expect(leftAt(current, [made(6, [1, 3], [4, 10])], 6)).toEqual({ lsn: lsn(10) })
  expect(leftAt(current, [made(2)], 2)).toEqual({ lsn: 0 })
  expect(leftAt(current, [], 3)).toBeNull()
})

test('each target says from where to read', () => {
  const from = (target: RecoveryTarget, leftLsn: number | null = null) => givenUpOf(target, { backup }, leftLsn)
  const at = minute(9)
  expect(from({ type: 'time', at, timeline: null })).toMatchObject({ fromAt: at, fromLsn: null, leftLsn: null })
  expect(from({ type: 'time', at, timeline: 3 }, 500)).toMatchObject({ fromAt: at, fromLsn: 500, leftLsn: 500 })
  expect(from({ type: 'lsn', lsn: 900, timeline: null })).toMatchObject({ fromAt: null, fromLsn: 900 })
  expect(from({ type: 'lsn', lsn: 900, timeline: 3 }, 500)).toMatchObject({ fromLsn: 500, leftLsn: 500 })
  const xid = { type: 'xid', value: '741', set: null, timeline: null } as const
  expect(from({ ...xid, at })).toMatchObject({ fromAt: at, fromLsn: null })
  expect(from(xid)).toMatchObject({ fromAt: null, fromLsn: backup.lsnStop })
  expect(from({ type: 'immediate', set: null })).toMatchObject({
    target: { type: 'lsn', lsn: backup.lsnStop, isExclusive: true },
  })
  expect(from({ type: 'default', timeline: null })).toContain('nothing to count')
  expect(from({ type: 'default', timeline: 3 }, 500)).toMatchObject({ target: { type: 'lsn', lsn: 500 } })
  expect(givenUpOf(xid, { backup: { ...backup, lsnStop: null } }, null)).toContain('is not known')
})

const path = pathOf(current, sizeBytes)
// Timeline 4 wrote on after it was left.
const archived = madeArchive([...segments(1, 1, 2), ...segments(4, 3, 14), ...segments(5, 10, 20)]).segments
const choose = (from: { fromAt?: Date; fromLsn?: number }, most = 64, among = archived) =>
  segmentsGivenUp({
    segments: among,
    path,
    walSegmentSizeBytes: sizeBytes,
    from: { fromAt: null, fromLsn: null, ...from },
    most,
  })

test('all of the line is read from the moment on, with one segment before it, and nothing of what was left', () => {
  const { names, ...rest } = choose({ fromAt: minute(8.5) })
  expect(names).toEqual([wal(4, 8), wal(4, 9), ...segments(5, 10, 20).map(({ number }) => wal(5, number))])
  expect(rest).toEqual({ following: wal(5, 21), firstMissing: null, isFromStart: false })
  expect(choose({ fromAt: minute(30) }).names).toEqual([wal(5, 20)])
  expect(choose({ fromAt: minute(0.5) })).toMatchObject({ isFromStart: true })
})

test('a position is read from its own segment on, and the earlier of moment and position counts', () => {
  expect(choose({ fromLsn: lsn(18) }).names).toEqual([18, 19, 20].map((number) => wal(5, number)))
  expect(choose({ fromLsn: lsn(18), fromAt: minute(19.5) }).names[0]).toBe(wal(5, 18))
  expect(choose({ fromLsn: lsn(21) }).names, 'only the node itself has it').toEqual([wal(5, 21)])
  expect(choose({ fromLsn: lsn(8) }, 3).names).toEqual([wal(4, 8), wal(4, 9), wal(5, 10)])
  const old = archived.filter(({ name }) => name < wal(5, 0))
  expect(choose({ fromLsn: lsn(8) }, 64, old), 'nothing of the newest timeline is archived').toMatchObject({
    names: [wal(4, 8), wal(4, 9)],
    following: wal(5, 10),
  })
})

test('a segment that is missing is named', () => {
  const without = (name: string) => archived.filter((segment) => segment.name !== name)
  expect(choose({ fromLsn: lsn(8) }, 64, without(wal(5, 12))).firstMissing).toBe(wal(5, 12))
  expect(choose({ fromLsn: lsn(8) }, 64, without(wal(4, 8))).firstMissing).toBe(wal(4, 8))
  expect(choose({ fromAt: minute(8.5) }, 64, [])).toEqual({
    names: [],
    following: null,
    firstMissing: null,
    isFromStart: true,
  })
})

test('only what is known to be little is counted without being asked for', () => {
  expect(isSoonCounted({ walBytes: 1000 })).toBe(true)
  expect(isSoonCounted({ walBytes: null, walAtMostBytes: 2 ** 30 })).toBe(false)
  expect(isSoonCounted({ walBytes: null })).toBe(false)
})
