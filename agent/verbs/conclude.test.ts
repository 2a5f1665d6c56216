import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { restoreProgress } from '#agent/protocol/restore-progress.ts'
import { restoreResult } from '#agent/protocol/kept-results.ts'
import { backupResult, expireResult, verifyResult } from '#agent/protocol/results.ts'
import { conclude } from './conclude.ts'

function remains(fixture: string, exitCode = 0) {
  return { exitCode, signal: null, lines: linesOf(fixture), handedBack: null }
}

function linesOf(fixture: string): string[] {
  return readFileSync(new URL(`fixtures/${fixture}.txt`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
}

test('a backup is known by its label', () => {
  expect(conclude('pgbackrest-backup', remains('backup-incr'))).toEqual({
    result: { label: '20261125-151627F_20261125-151636I' },
    problem: null,
  })
})

test('a failure is told in the words of the program, with its hints', () => {
  expect(conclude('pgbackrest-backup', remains('backup-no-stanza', 37)).problem).toBe(
    '"pgbackrest-backup" ended with exit code 37: ERROR: [037]: backup command requires option: pg1-path HINT: does this stanza exist?',
  )
  expect(conclude('pgbackrest-restore', remains('restore-while-running', 38)).problem).toMatch(
    /ERROR: \[038\]: unable to restore while PostgreSQL is running HINT: presence/,
  )
})

test('an end by a signal is told as one', () => {
  const ended = conclude('patroni-stop', { exitCode: null, signal: 'SIGKILL', lines: [], handedBack: null })
  expect(ended.problem).toBe('"patroni-stop" ended by signal SIGKILL and said nothing.')
})

test('what expire removes, or would, is listed', () => {
  expect(conclude('pgbackrest-expire', remains('expire-dry-run'))).toEqual({
    result: {
      backups: ['20261125-152754F'],
      archives: ['repo1: 15-1 remove archive, start = 000000020000000000000009, stop = 000000020000000000000009'],
    },
    problem: null,
  })
  expect(conclude('pgbackrest-expire', remains('backup-and-expire')).result).toMatchObject({
    backups: ['20261125-151627F', '20261125-151627F_20261125-151636I'],
  })
})

test('what retention by time removes is listed, each once', () => {
  const lines = [
    'P00   INFO: repo1: expire time-based backup set 20261125-151627F, 20261125-151627F_20261125-151636I',
    'P00   INFO: repo1: remove expired backup 20261125-151627F_20261125-151636I',
    'P00   INFO: repo1: remove expired backup 20261125-151627F',
  ]
  const { result } = conclude('pgbackrest-expire', { exitCode: 0, signal: null, lines, handedBack: null })
  expect(result).toEqual({ backups: ['20261125-151627F', '20261125-151627F_20261125-151636I'], archives: [] })
})

test('a sound repository is said to be sound', () => {
  const { result, problem } = conclude('pgbackrest-verify', remains('verify-sound'))
  expect(problem).toBeNull()
  expect(result).toMatchObject({ isSound: true, archives: [{ archiveId: '15-1', checked: 6, valid: 6 }] })
})

test('damage that verify found is a failure, though its exit code is 0', () => {
  const { result, problem } = conclude('pgbackrest-verify', remains('verify-damaged'))
  expect(result).toMatchObject({
    isSound: false,
    backups: [{ label: '20261125-151627F', status: 'invalid', checked: 964, valid: 963, checksumInvalid: 1 }, {}],
  })
  expect(problem).toContain('backup 20261125-151627F is invalid (1 with a wrong checksum)')
})

test('the report is read once, though the log that names the damaged file tells it before', () => {
  const { result, problem } = conclude('pgbackrest-verify', remains('verify-damaged-log'))
  const backups = verifyResult.parse(result).backups.map(({ label, checksumInvalid }) => [label, checksumInvalid])
  expect(backups).toEqual([
    ['20261126-012027F', 0],
    ['20261126-012041F', 0],
    ['20261126-012121F', 0],
    ['20261126-012121F_20261126-012138D', 0],
    ['20261126-012152F', 1],
  ])
  expect(problem).toContain('damaged: backup 20261126-012152F is invalid (1 with a wrong checksum).')
})

test('a backup whose manifest is gone makes it unsound, though pgBackRest calls the whole of it ok', () => {
  const { result, problem } = conclude('pgbackrest-verify', remains('verify-no-manifest'))
  expect(result).toMatchObject({ isSound: false })
  expect(problem).toContain('backup 20261125-151358F_20261125-151443I is manifest missing')
})

test('a verify that says nothing has not found the repository sound', () => {
  expect(conclude('pgbackrest-verify', { ...remains('verify-sound'), lines: [] }).problem).toContain('without saying')
})

test('a restore tells which set it took and how far it is', () => {
  expect(conclude('pgbackrest-restore', remains('restore')).result).toEqual({
    set: '20261125-151627F',
    size: '21.9MB',
    files: 964,
  })
  expect(restoreProgress(linesOf('restore'))).toBeGreaterThan(10)
  expect(restoreProgress(['nothing yet'])).toBeNull()
})

test('what a verb of ours hands back is its result, and its refusal the problem', () => {
  const base = { exitCode: 0, signal: null, lines: ['said'] }
  expect(conclude('postgres-stop', { ...base, handedBack: { result: { a: 1 } } })).toEqual({
    result: { a: 1 },
    problem: null,
  })
  const refused = { code: 'conflict', sentence: 'Not now.' } as const
  expect(conclude('postgres-stop', { ...base, exitCode: 1, handedBack: { refused } }).problem).toBe('Not now.')
})

test('each result has the form that the console reads', () => {
  const result = (verb: string, fixture: string) => conclude(verb, remains(fixture)).result
  expect(backupResult.parse(result('pgbackrest-backup', 'backup-and-expire'))).toEqual({ label: '20261125-152803F' })
  expect(expireResult.parse(result('pgbackrest-expire', 'backup-and-expire')).archives).toHaveLength(1)
  expect(verifyResult.parse(result('pgbackrest-verify', 'verify-damaged')).backups).toHaveLength(2)
  expect(restoreResult.parse(result('pgbackrest-restore', 'restore-while-running'))).toMatchObject({ set: null })
})
