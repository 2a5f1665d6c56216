import { expect, test } from 'vitest'
import { fixture } from '../testing/fixture.ts'
import { parseProgressText, parseRestoreProgress } from './parse-progress.ts'

const recorded = (name: string): string => fixture(`pgbackrest/fixtures/2.45-${name}.txt`)

test('recorded: a backup that runs and one that does not', () => {
  expect(parseProgressText(recorded('info-running'))).toMatchObject({ isRunning: true, fraction: 0 })
  expect(parseProgressText(recorded('info-ok'))).toMatchObject({ isRunning: false, fraction: null })
})

test.each([
  ['    status: ok (backup/expire running - 42.50% complete)', true, 0.425],
  ['    status: ok (backup/expire running)', true, null],
  ['    status: error (no valid backups, backup/expire running - 3.00% complete)', false, null],
  ['    status: ok', false, null],
  ['        why: status: ok (backup/expire running)', false, null],
])('"%s" is running: %s, at %s', (text, isRunning, fraction) => {
  expect(parseProgressText(`stanza: main\n${text}\n    cipher: none\n`)).toMatchObject({ isRunning, fraction })
})

test('recorded: a restore tells how far it is', () => {
  const fraction = parseRestoreProgress(recorded('restore-detail-begun'))
  expect(fraction).toBeGreaterThan(0)
  expect(fraction).toBeLessThan(1)
})

test.each([
  ['', null],
  ['P01 DETAIL: restore file /d/base/1/2 (8KB, 99.00%) checksum abc', 0.99],
  ['DETAIL: restore file /d/a (1GB, 50.00%) checksum a\nDETAIL: restore file /d/b (0B, 49.00%)', 0.5],
  ['DETAIL: restore file /d/a - exists and is zero size (0B, 100%)', 1],
  ['restore file /d/a (8KB)', null],
])('%j is at %s', (log, fraction) => {
  expect(parseRestoreProgress(log)).toBe(fraction)
})
