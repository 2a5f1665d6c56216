import { expect, test } from 'vitest'
import type { RecoveryTarget } from './backup-choice.ts'
import { isOnTarget, type StoppedWhere } from './on-target.ts'
import { postgresMicroseconds } from './postgres-time.ts'

const at = new Date('2026-11-25T15:16:35.885Z')
const time: RecoveryTarget = { type: 'time', at, timeline: null }
const xid: RecoveryTarget = { type: 'xid', value: '725', set: null, timeline: null }
const lsn: RecoveryTarget = { type: 'lsn', lsn: 0x3_00_00_28, timeline: null }
const stopped = (change: Partial<StoppedWhere>): StoppedWhere => ({
  stoppedHow: 'before commit',
  xid: '725',
  time: '2026-11-25 15:16:35.885054+00',
  lastCompletedAt: '2026-11-25 15:16:30.1+00',
  ...change,
})

test.each<[string, RecoveryTarget, Partial<StoppedWhere>, boolean]>([
  ['the first transaction after a moment', time, {}, true],
  ['the same in another zone', time, { time: '2026-11-25 20:46:35.885054+05:30' }, true],
  ['nothing committed in the data', time, { lastCompletedAt: null }, true],
  ['a transaction at that very moment is in the data', time, { lastCompletedAt: '2026-11-25 15:16:35.885+00' }, true],
  ['a transaction microseconds later is not to be', time, { lastCompletedAt: '2026-11-25 15:16:35.885001+00' }, false],
  ['stopped before one that is not later', time, { time: '2026-11-25 15:16:35.885+00' }, false],
  ['a time that cannot be read', time, { time: '2026-11-25 15:16:35 CEST' }, false],
  ['a last one that cannot be read', time, { lastCompletedAt: 'yesterday' }, false],
  ['no stop at all', time, { stoppedHow: null, time: null }, false],
  ['after a transaction', xid, { stoppedHow: 'after commit' }, true],
  ['after one that was rolled back', xid, { stoppedHow: 'after abort' }, true],
  ['before one that was to be in it', xid, {}, false],
  ['before one that was to be left out', { ...xid, isExclusive: true }, {}, true],
  ['another transaction', xid, { stoppedHow: 'after commit', xid: '726' }, false],
  ['after a position', lsn, { stoppedHow: 'after WAL location (LSN) "0/3000028"' }, true],
  ['after the record that follows it', lsn, { stoppedHow: 'after WAL location (LSN) "0/3000060"' }, true],
  ['after an earlier one', lsn, { stoppedHow: 'after WAL location (LSN) "0/2000060"' }, false],
  ['before a position', { ...lsn, isExclusive: true }, { stoppedHow: 'before WAL location (LSN) "0/3000028"' }, true],
  [
    'at a name',
    { type: 'name', value: 'a b', set: null, timeline: null },
    { stoppedHow: 'at restore point "a b"' },
    true,
  ],
  [
    'at another',
    { type: 'name', value: 'a', set: null, timeline: null },
    { stoppedHow: 'at restore point "a b"' },
    false,
  ],
  ['consistent', { type: 'immediate', set: null }, { stoppedHow: 'after reaching consistency' }, true],
  ['past that', { type: 'immediate', set: null }, { stoppedHow: null }, false],
  ['the end', { type: 'default', timeline: null }, { stoppedHow: null }, true],
  ['before the end', { type: 'default', timeline: null }, {}, false],
])('%s', (_, target, change, isGood) => {
  expect(isOnTarget(stopped(change), target)).toBe(isGood)
})

test.each([
  ['2026-11-25 15:16:35.885054+00', Date.UTC(2026, 10, 25, 15, 16, 35) * 1000 + 885_054],
  ['2026-11-25 15:16:35.5 UTC', Date.UTC(2026, 10, 25, 15, 16, 35) * 1000 + 500_000],
  ['2026-11-25 15:16:35-03:30', Date.UTC(2026, 10, 25, 18, 46, 35) * 1000],
  ['2026-11-25 15:16:35+0530', Date.UTC(2026, 10, 25, 9, 46, 35) * 1000],
  ['2026-13-25 15:16:35+00', null],
  ['2026-11-25 15:16:35 CET', null],
  ['2026-11-25 15:16:35', null],
])('%s in microseconds', (text, micros) => {
  expect(postgresMicroseconds(text)).toBe(micros)
  expect(postgresMicroseconds(null)).toBeNull()
})
