import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CommitCount, type CountFrom } from './commit-count.ts'
import { endOfWalIn } from './end-of-wal.ts'
import { readEnd, readWalRecord } from './wal-record.ts'

const lines = readFileSync(new URL('fixtures/waldump-15.txt', import.meta.url), 'utf8').split('\n')
const ends = lines.flatMap((line) => {
  const record = readWalRecord(line)
  const end = record && readEnd(record)
  return record && end ? [{ ...end, lsn: record.lsn }] : []
})
const committed = (from: number) => ends.slice(from).filter(({ isCommitted }) => isCommitted).length

function count(target: CountFrom['target'], leftLsn: string | null = null, more: readonly string[] = []): CommitCount {
  const counting = new CommitCount({ target, leftLsn })
  for (const line of [...lines, ...more]) counting.take(line)
  return counting
}

test('after a moment the first end of a transaction that is later counts, and every commit from there on', () => {
  const tenth = ends[10]
  expect(tenth).toBeDefined()
  const found = count({ type: 'time', value: ends[9]?.at ?? '', exclusive: false })
  expect(found.commits).toBe(committed(10))
  expect(found.lastAt).toBe(ends.at(-1)?.at)
  expect(found.hasKept).toBe(true)
  // Microseconds are told apart, and a fraction may be written shorter.
  const short = (ends[9]?.at ?? '').replace(/\.(\d)\d{5}\+00$/, '.$1+00')
  expect(count({ type: 'time', value: short, exclusive: false }).commits).toBeGreaterThanOrEqual(committed(10))
  expect(count({ type: 'time', value: '2026-11-25 00:00:00+00', exclusive: false })).toMatchObject({
    commits: committed(0),
    hasKept: false,
  })
})

test('a transaction is kept, or left out where recovery stops before it; whether it was rolled back does not matter', () => {
  const at = ends.findIndex(({ xids }) => xids[0] === '736')
  const xid = (exclusive: boolean) => count({ type: 'xid', value: '736', exclusive }).commits
  expect([xid(false), xid(true)]).toEqual([committed(at + 1), committed(at)])
  const undone = ends.findIndex(({ isCommitted }) => !isCommitted)
  expect(undone).toBeGreaterThan(-1)
  const { commits } = count({ type: 'xid', value: ends[undone]?.xids[0] ?? '', exclusive: false })
  expect(commits).toBe(committed(undone + 1))
})

test('the record at a position is kept, unless recovery stops before it', () => {
  const { lsn = '' } = ends.find(({ xids }) => xids[0] === '736') ?? {}
  const at = ends.findIndex(({ xids }) => xids[0] === '736')
  const from = (exclusive: boolean) => count({ type: 'lsn', value: lsn, exclusive }).commits
  expect([from(false), from(true)]).toEqual([committed(at + 1), committed(at)])
})

test('after a restore point all commits count', () => {
  const point =
    'rmgr: XLOG        len (rec/tot):     98/    98, tx:          0, lsn: 0/0F000148, prev 0/0F000110, desc: RESTORE_POINT before it'
  const commit =
    'rmgr: Transaction len (rec/tot):     34/    34, tx:        999, lsn: 0/0F0001B0, prev 0/0F000148, desc: COMMIT 2026-11-25 18:05:56.000000 UTC'
  const found = count({ type: 'name', value: 'before it' }, null, [point, commit])
  expect(found).toMatchObject({ hasBegun: true, commits: 1, lastAt: '2026-11-25 18:05:56.000000+00' })
  expect(count({ type: 'name', value: 'before' }, null, [point, commit])).toMatchObject({ hasBegun: false, commits: 0 })
})

test('where the recovery leaves the line before its target, all of it counts from there', () => {
  const { lsn = '' } = ends[5] ?? {}
  const late = { type: 'time', value: '2027-01-01 00:00:00+00', exclusive: false } as const
  expect(count(late, lsn).commits).toBe(committed(5))
  expect(count(late)).toMatchObject({ hasBegun: false, commits: 0, lastAt: null })
})

test('where the WAL ends is read from what pg_waldump complains of', () => {
  const bytes = 16n * 1024n * 1024n
  const end = (...errors: string[]) => endOfWalIn(errors, bytes)?.toString(16) ?? null
  const head = 'pg_waldump: error: error in WAL record at 0/3000148:'
  expect(end(`${head} invalid record length at 0/3000180: wanted 24, got 0`)).toBe('3000180')
  expect(end(`${head} invalid record length at 0/3000180: expected at least 24, got 0`)).toBe('3000180')
  const segment = '000000010000000000000004'
  expect(end(`${head} invalid magic number 0000 in log segment ${segment}, offset 8192`)).toBe('4002000')
  const stale = `${head} unexpected pageaddr 0/1002000 in WAL segment ${segment}, LSN 0/4002000, offset 8192`
  expect(end(stale)).toBe('4002000')
  expect(end(`pg_waldump: error: could not find file "${segment}": No such file or directory`)).toBe('4000000')
  expect(end('pg_waldump: error: out of memory')).toBeNull()
})
