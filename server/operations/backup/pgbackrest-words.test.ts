import { expect, test } from 'vitest'
import { listedBackup, printed } from '../testing/stand-in-agent.ts'
import { backupsIn, labelIn, makerOf, progressIn, stanzaFault } from './pgbackrest-words.ts'

const info = (status: object, backup: unknown[] = []) =>
  printed([{ name: 'main', status: { code: 0, message: 'ok', ...status }, backup }])

test('the backups of a repository are read from what the program printed', () => {
  const answer = info({}, [listedBackup('20261125-030000F', 'full', 'o')])
  const [backup] = backupsIn(answer, 'main', 1) ?? []
  expect(backup).toMatchObject({ label: '20261125-030000F', type: 'full', repository: 1, sizeBytes: 30_000_000 })
  expect(backup && makerOf(backup)).toBe('o')
  expect(backupsIn(answer, 'main', 2)).toEqual([])
  expect(backupsIn(answer, 'other', 1)).toBeNull()
  expect(backupsIn('no JSON', 'main', 1)).toBeNull()
  expect(backupsIn(printed([{ name: 'main' }]), 'main', 1)).toBeNull()
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
  expect(stanzaFault(printed([]), 'main', 1, 'a')).toBe('pgBackRest on a knows no stanza main.')
})

test('a job may name its label or leave it open', () => {
  expect(labelIn({ label: '20261125-030000F' })).toBe('20261125-030000F')
  expect(labelIn(null)).toBeNull()
})
