import { expect, test } from 'vitest'
import type { WalCommit } from '#domain/wal-commits.ts'
import { justBefore, tellCommit } from './commit-list.tsx'

const dropped: WalCommit = {
  xid: '741',
  at: new Date('2026-11-25T14:03:01.200Z'),
  lsn: '0/B000180',
  timeline: 4,
  kind: 'drop',
  relations: ['orders'],
  deletedRows: 0,
}

test('a transaction is told by what it took away', () => {
  expect(tellCommit(dropped)).toBe('Dropped orders.')
  expect(tellCommit({ ...dropped, relations: [] })).toBe('Dropped something.')
  expect(tellCommit({ ...dropped, kind: 'truncate', relations: ['orders', 'items'] })).toBe(
    'Truncated orders and items.',
  )
  expect(tellCommit({ ...dropped, kind: 'delete', deletedRows: 12_000 })).toBe('Deleted 12,000 rows of orders.')
})

test('to stop just before it, the transaction is left out, and the backup is found by its time', () => {
  expect(justBefore(dropped, [3, 4])).toEqual({
    type: 'xid',
    value: '741',
    set: null,
    timeline: null,
    isExclusive: true,
    at: dropped.at,
  })
  expect(justBefore(dropped, [3, 5])).toMatchObject({ timeline: 4 })
})
