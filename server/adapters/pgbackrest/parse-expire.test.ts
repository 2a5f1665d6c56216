import { expect, test } from 'vitest'
import { fixture } from '../testing/fixture.ts'
import { parseExpire } from './parse-expire.ts'

const recorded = (name: string) => parseExpire(fixture(`pgbackrest/fixtures/2.45-expire-dry-run${name}.txt`))
const gone = [
  { repository: 1, label: '20261125-151700F' },
  { repository: 1, label: '20261125-151700F_20261125-151709D' },
]

test('recorded: a full backup goes with what builds on it and with its WAL', () => {
  expect(recorded('')).toEqual({
    backups: gone,
    archives: [
      { repository: 1, archiveId: '15-1', first: '000000010000000000000001', last: '00000001000000000000000F' },
    ],
  })
})

test('recorded: one backup that was named goes, WAL stays', () => {
  expect(recorded('-set')).toEqual({ backups: gone, archives: [] })
})

test.each(['-nothing'])('recorded: nothing goes', (name) => {
  expect(recorded(name)).toEqual({ backups: [], archives: [] })
})

test('what a run that is no rehearsal says is not taken for one', () => {
  expect(parseExpire('P00   INFO: repo1: remove expired backup 20261125-151700F')).toEqual({
    backups: [],
    archives: [],
  })
})

test('each repository has its own', () => {
  const log =
    'INFO: [DRY-RUN] repo2: expire full backup 20261125-151700F\nINFO: [DRY-RUN] repo1: expire full backup 20261125-151700F'
  expect(parseExpire(log).backups.map(({ repository }) => repository)).toEqual([1, 2])
})
