import { expect, test } from 'vitest'
import { fixture } from '../testing/fixture.ts'
import { errorAdvice } from './error-advice.ts'
import { errorNames } from './error-names.ts'
import { parseFailure } from './parse-error.ts'

test.each([
  ['029-cipher', 29, 'format', 'unable to load info file'],
  [
    '029-target',
    29,
    'format',
    "automatic backup set selection cannot be performed with provided time '2026-01-01T00:00:00Z'",
  ],
  ['032', 32, 'option-invalid-value', "'weekly' is not allowed for 'type' option"],
  ['038', 38, 'pg-running', 'Postgres runs there'],
  ['040', 40, 'path-not-empty', 'data directory is not empty'],
  ['055', 55, 'file-missing', 'unable to open missing file'],
  ['056', 56, 'db-connect', 'unable to find primary cluster - cannot proceed.'],
  ['062', 62, 'stop', 'told to stop'],
  ['068', 68, 'archive-command-invalid', "archive_command '/bin/false' must contain pgbackrest."],
  ['075-expire', 75, 'backup-set-invalid', 'cannot be expired until another full backup'],
  ['075-set', 75, 'backup-set-invalid', 'backup set 20200101-000000F is not valid.'],
  [
    '075-target',
    75,
    'backup-set-invalid',
    "unable to find backup set with stop time less than '2020-01-01 00:00:00+00'.",
  ],
  ['082', 82, 'archive-timeout', 'WAL segment 000000020000000000000017 was not archived before the 1000ms timeout.'],
  ['095', 95, 'crypto', 'CryptoError: cipher header missing'],
])('recorded: error %s is told with what to do', (recorded, code, name, words) => {
  const failure = parseFailure(1, fixture(`pgbackrest/fixtures/2.45-error-${recorded}.txt`))
  expect(failure).toMatchObject({ code, name, isSomeoneElse: false, sentence: expect.stringContaining(words) })
  expect(failure.advice).not.toBe('')
  expect(failure.sentence).not.toMatch(/\n|HINT|DRY-RUN|\.\./)
})

test('recorded: a lock that is held is someone else doing it, no fault', () => {
  expect(parseFailure(50, fixture('pgbackrest/fixtures/2.45-error-050.txt'))).toMatchObject({
    code: 50,
    name: 'lock-acquire',
    sentence: expect.stringMatching(/^Someone else is doing it/),
    isSomeoneElse: true,
  })
  expect(parseFailure(50, '').isSomeoneElse).toBe(true)
})

test.each([
  [127, '', 'not installed'],
  [126, '', 'may not be executed'],
  [137, '', 'signal 9'],
  [63, '', 'ended by a signal'],
  [104, '', 'code 104 (command)'],
  [200, 'ERROR: [200]: of a later version', 'of a later version'],
])('exit code %i with %j is told', (exitCode, output, words) => {
  expect(parseFailure(exitCode, output).sentence).toContain(words)
})

test('errors within the log on standard output are found (2.53 and later, from its release notes)', () => {
  const log = '2026-11-25 15:00:00.000 P00  ERROR: [049]: unable to connect to repo-1\n'
  expect(parseFailure(49, log)).toMatchObject({ code: 49, name: 'host-connect' })
})

test('every code with advice has a name', () => {
  expect([...errorAdvice.keys()].filter((code) => !errorNames.has(code))).toEqual([])
})
