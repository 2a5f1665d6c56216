import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { CommitsFound, WalCommit } from '#domain/wal/wal-commits.ts'
import { CommitList, justBefore, tellCommit } from './commit-list.tsx'

const dropped: WalCommit = {
  xid: '741',
  at: new Date('2026-11-25T14:03:01.200Z'),
  lsn: '0/B000180',
  timeline: 4,
  kind: 'drop',
  relations: ['orders'],
  deletedRows: 0,
}

const nothing: CommitsFound = {
  commits: [],
  problems: [],
  firstAt: null,
  lastAt: null,
  segments: { count: 3, first: '000000040000000000000001', last: '000000040000000000000003' },
  isCut: false,
  node: 'pg-node-3',
  repository: 1,
}

function shown(found: CommitsFound): string {
  return renderToStaticMarkup(createElement(CommitList, { found, line: [4], onTarget: () => undefined }))
}

test('where nothing was found it is said how much had to be deleted to be found', () => {
  const text = shown(nothing)
  expect(text).toContain(
    'No transaction that dropped or truncated anything, or deleted 1,000 rows of a table or more, was found there.',
  )
  expect(text).toContain(
    '3 WAL segments read on pg-node-3. Deletes of fewer than 1,000 rows of a table are not listed.',
  )
})

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
