import { expect, test } from 'vitest'
import { listedBackup } from '../testing/stand-in-agent.ts'
import { backupsIn, labelIn, progressIn, stanzaFault, wordsOfExit } from './pgbackrest-words.ts'

const info = (status: object, backup: unknown[] = []) => [
  { name: 'main', status: { code: 0, message: 'ok', ...status }, backup },
]

test('the backups of a repository are read from the value as from the text that was printed', () => {
  const listed = info({}, [listedBackup('20261125-030000F', 'full')])
  const text = JSON.stringify(listed).replace('[{', '[{"db":[{"system-id":7569239123849665666}],')
  for (const answer of [listed, text, { exitCode: 0, stdout: text, stderr: '' }]) {
    expect(backupsIn(answer, 'main', 1)).toEqual([
      {
        label: '20261125-030000F',
        type: 'full',
        database: { 'repo-key': 1 },
        startedAt: new Date(1_795_489_200_000),
        stoppedAt: new Date(1_795_489_800_000),
        sizeBytes: 30_000_000,
        deltaBytes: 12_000_000,
        hasPageErrors: false,
        operation: null,
      },
    ])
  }
  expect(backupsIn(listed, 'main', 2)).toEqual([])
  expect(backupsIn(listed, 'other', 1)).toBeNull()
  expect(backupsIn('no JSON', 'main', 1)).toBeNull()
  expect(backupsIn([{ name: 'main' }], 'main', 1)).toBeNull()
})

test.each([
  ['before 2.48 nothing', { lock: { backup: { held: true } } }, null],
  ['from 2.48 on', { lock: { backup: { held: true, size: 200, 'size-cplt': 50 } } }, { copied: 50, of: 200 }],
  [
    'from 2.59 on by repository',
    { lock: { backup: { held: true, repo: [{ key: 1, size: 10, 'size-cplt': 5 }] } } },
    { copied: 5, of: 10 },
  ],
  ['nothing while nothing runs', {}, null],
])('progress is told %s', (_, status, progress) => {
  expect(progressIn(info(status), 'main', 1)).toEqual(progress)
})

test('a stanza without backups is well, one that is not made or not there is not', () => {
  expect(stanzaFault(info({}), 'main', 1, 'a')).toBeNull()
  expect(stanzaFault(info({ code: 2, message: 'no valid backups' }), 'main', 1, 'a')).toBeNull()
  expect(stanzaFault(info({ code: 1, message: 'missing stanza path' }), 'main', 1, 'a')).toMatch(
    /has not been created yet/,
  )
  expect(stanzaFault([], 'main', 1, 'a')).toBe('pgBackRest on a knows no stanza main.')
})

test.each([
  [50, 'refused', /holds the lock/],
  [62, 'refused', /told on a to stop/],
  [56, 'failed', /could not connect to the primary/],
  [82, 'failed', /not archived in time/],
  [87, 'failed', /archive_mode/],
  [99, 'failed', /ended with error 99/],
])('exit code %s is %s', (code, kind, says) => {
  expect(wordsOfExit(code, 'a')).toEqual({ kind, sentence: expect.stringMatching(says) })
})

test('a job may name its label or leave it open', () => {
  expect(labelIn({ label: '20261125-030000F' })).toBe('20261125-030000F')
  expect(labelIn(null)).toBeNull()
})
