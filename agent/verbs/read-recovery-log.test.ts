import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lastWords, readRecoveryLog } from './read-recovery-log.ts'

function lines(fixture: string): string[] {
  return readFileSync(new URL(`fixtures/${fixture}.txt`, import.meta.url), 'utf8').split('\n')
}

const gone = { pid: null, isInRecovery: null, isPaused: false }
const silent = { pid: 7, isInRecovery: null, isPaused: false }
const stop = { how: 'before commit', xid: '725', time: '2026-11-25 15:16:35.885054+00' }

test('a recovery that was promoted tells where it stopped and its new timeline', () => {
  expect(readRecoveryLog(lines('recovery-promoted'), { pid: 7, isInRecovery: false, isPaused: false })).toEqual({
    state: 'promoted',
    stoppedAt: stop,
    lastCompletedAt: '2026-11-25 15:16:33.22631+00',
    newTimeline: 2,
    failure: null,
  })
})

test('where Postgres does not let itself be asked, its log tells that it was promoted', () => {
  const log = lines('recovery-promoted')
  const end = log.findIndex((line) => line.includes('ready to accept connections')) + 1
  expect(readRecoveryLog(log.slice(0, end), silent)).toMatchObject({ state: 'promoted', newTimeline: 2 })
  expect(readRecoveryLog(log.slice(0, end - 1), silent)).toMatchObject({ state: 'recovering' })
})

test('a recovery that waits at its target is paused, even while it does not answer', () => {
  const paused = { state: 'paused', stoppedAt: stop, newTimeline: null, failure: null }
  expect(readRecoveryLog(lines('recovery-paused'), { pid: 7, isInRecovery: true, isPaused: true })).toMatchObject(
    paused,
  )
  expect(readRecoveryLog(lines('recovery-paused'), silent)).toMatchObject(paused)
})

test('a Postgres that was shut down without a failure is stopped', () => {
  expect(readRecoveryLog(lines('recovery-paused'), gone)).toMatchObject({ state: 'stopped', failure: null })
  expect(readRecoveryLog([], gone)).toMatchObject({ state: 'stopped', stoppedAt: null })
})

test.each([
  ['recovery-beyond-archive', 'recovery ended before configured recovery target was reached'],
  ['recovery-no-timeline', 'recovery target timeline 9 does not exist'],
])('%s: the log says why it failed', (fixture, failure) => {
  expect(readRecoveryLog(lines(fixture), gone)).toMatchObject({ state: 'failed', failure })
})

const damaged =
  'WAL segment 000000010000000000000003 cannot be read from the archive, repo1: 15-1/0000000100000000/000000010000000000000003-de7da28c0ad359f2ce1a49066ad64120e5977e00.zst [FormatError] zst error: [-20] Data corruption detected'

test('a segment that is damaged is named, where a target lies beyond it', () => {
  expect(readRecoveryLog(lines('recovery-damaged-wal'), gone)).toMatchObject({ state: 'failed', failure: damaged })
})

test('a recovery to the end that a damaged segment cut short has failed, though Postgres takes writes', () => {
  const promoted = { pid: 7, isInRecovery: false, isPaused: false }
  const log = lines('recovery-damaged-to-end')
  expect(readRecoveryLog(log, promoted)).toMatchObject({ state: 'failed', failure: damaged })
})

test('a segment that came at another try, or beyond the target, is no failure', () => {
  const log = lines('recovery-damaged-to-end')
  const restored = '2026-11-26 01:39:31.006 UTC [31816] LOG:  restored log file "000000010000000000000003" from archive'
  const promoted = { pid: 7, isInRecovery: false, isPaused: false }
  expect(readRecoveryLog([...log, restored], promoted)).toMatchObject({ state: 'promoted', failure: null })
  const paused = [...log.slice(0, 9), ...lines('recovery-paused')]
  expect(readRecoveryLog(paused, silent)).toMatchObject({ state: 'paused', failure: null })
  expect(readRecoveryLog(log.slice(0, 9), silent)).toMatchObject({ state: 'recovering', failure: null })
})

test.each([
  [
    ['postgres: could not access the server configuration file "/data/postgresql.conf": No such file or directory'],
    'could not access the server configuration file "/data/postgresql.conf": No such file or directory',
  ],
  [
    [
      '2026-11-25 15:17:07.955 UTC [7] LOG:  unrecognized configuration parameter "x" in file "/etc/pg.conf" line 1',
      '2026-11-25 15:17:07.955 UTC [7] FATAL:  configuration file "/etc/pg.conf" contains errors',
    ],
    'unrecognized configuration parameter "x" in file "/etc/pg.conf" line 1; configuration file "/etc/pg.conf" contains errors',
  ],
])('what ended Postgres before its recovery began is its failure', (log, failure) => {
  expect(readRecoveryLog(log, gone)).toMatchObject({ state: 'failed', failure })
})

test('a log that tells of no failure is quoted from its end, without secrets', () => {
  const log = ['a', '2026-11-25 15:17:07.955 UTC [7] LOG:  b', "2026 LOG:  password='x1'", 'sh: 1: d: not found', '']
  expect(lastWords(log)).toBe('its log tells of no failure. It ends with: b / password=[hidden] / sh: 1: d: not found')
  expect(lastWords([''])).toBe('its log is empty')
})

test('clients that are turned away are no failure', () => {
  const log = lines('recovery-paused').slice(0, 5)
  log.push('2026-11-25 15:17:07.955 UTC [11778] FATAL:  the database system is not yet accepting connections')
  log.push('2026-11-25 15:17:07.955 UTC [11778] FATAL:  role "x" does not exist')
  expect(readRecoveryLog(log, silent)).toMatchObject({ state: 'recovering', failure: null })
})

test('a pause because settings do not suffice is a failure', () => {
  const log = [
    '2026-11-25 15:17:07.955 UTC [11778] WARNING:  hot standby is not possible because of insufficient parameter settings',
  ]
  const seen = { pid: 7, isInRecovery: true, isPaused: true }
  expect(readRecoveryLog(log, seen)).toMatchObject({
    state: 'failed',
    failure: 'hot standby is not possible because of insufficient parameter settings',
  })
})

test.each([
  ['before commit of transaction 1', { how: 'before commit', xid: '1', time: null }],
  ['after abort of transaction 1, time t', { how: 'after abort', xid: '1', time: 't' }],
  ['after WAL location (LSN) "0/3000000"', { how: 'after WAL location (LSN) "0/3000000"', xid: null, time: null }],
  [
    'at restore point "x", time 2026-11-25 15:16:35+00',
    { how: 'at restore point "x"', xid: null, time: '2026-11-25 15:16:35+00' },
  ],
  ['after reaching consistency', { how: 'after reaching consistency', xid: null, time: null }],
])('recovery stopping %s', (text, stoppedAt) => {
  expect(readRecoveryLog([`LOG:  recovery stopping ${text}`], gone)).toMatchObject({ stoppedAt })
})
