import { expect, test } from 'vitest'
import { fixture } from '../testing/fixture.ts'
import { parseProgressText } from './parse-progress.ts'

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
