import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readClassRow } from './dropped-tables.ts'
import { type Loss, WalReading } from './read-wal.ts'
import { fileOf, itemsOf, readEnd, readWalRecord } from './wal-record.ts'

const catalogs = { classes: new Set(['5/1259']), types: new Set(['5/1247']) }

function linesOf(fixture: string): string[] {
  return readFileSync(new URL(`fixtures/${fixture}.txt`, import.meta.url), 'utf8').split('\n')
}

function lossesIn(lines: readonly string[], leastRows = 30): { losses: Loss[]; reading: WalReading } {
  const reading = new WalReading(catalogs, leastRows)
  return { losses: lines.flatMap((line) => reading.take(line)), reading }
}

test('what was dropped, truncated or deleted is told from tables that were only rewritten', () => {
  const { losses, reading } = lossesIn(linesOf('waldump-15'))
  // VACUUM FULL, REINDEX, CLUSTER, ALTER TABLE, REFRESH, DROP INDEX, a temporary table and what was rolled back are among the lines.
  expect(losses.map(({ xid, kind, deletedRows }) => [xid, kind, deletedRows])).toEqual([
    ['731', 'truncate', 0],
    ['732', 'delete', 50],
    // Its rows were deleted within a savepoint for the greater part.
    ['733', 'delete', 31],
    ['736', 'drop', 0],
    ['737', 'drop', 0],
    ['738', 'drop', 0],
    ['746', 'drop', 0],
    // Both were filled again by the transaction that truncated them.
    ['747', 'truncate', 0],
    ['748', 'truncate', 0],
  ])
  expect(losses[0]).toMatchObject({
    at: '2026-11-25 18:05:53.665159+00',
    lsn: '0/311E0B0',
    locked: expect.arrayContaining(['5/16400']),
    files: expect.arrayContaining(['5/16400']),
    made: expect.arrayContaining(['5/16432']),
  })
  expect(losses[4]?.rows).toContainEqual({ database: '5', file: '1259', block: 0, item: 25 })
  expect(losses[6]?.databases).toEqual(['16456'])
  expect([reading.firstAt, reading.lastAt]).toEqual(['2026-11-25 18:05:52.633467+00', '2026-11-25 18:05:55.632326+00'])
})

test('few deleted rows are no loss to tell of', () => {
  expect(lossesIn(linesOf('waldump-15'), 1_000).losses.map(({ kind }) => kind)).not.toContain('delete')
})

test('records are read as Postgres 16 and later write them too', () => {
  const start =
    'rmgr: Heap        len (rec/tot):     54/    54, tx:        741, lsn: 0/03000148, prev 0/03000110, desc:'
  const record = readWalRecord(
    `${start} DELETE xmax: 741, off: 3, infobits: [KEYS_UPDATED], flags: 0x00, blkref #0: rel 1663/5/16384 blk 7`,
  )
  expect(record).toMatchObject({ xid: '741', lsn: '0/3000148', blocks: [{ database: '5', file: '16384', block: 7 }] })
  expect(itemsOf(record?.words ?? '')).toEqual({ item: 3, from: null })
  const update =
    'UPDATE old_xmax: 741, old_off: 5, old_infobits: [], flags: 0x60, new_xmax: 0, new_off: 18, blkref #0: rel 1663/5/1259 blk 0'
  expect(itemsOf(update)).toEqual({ item: 18, from: 5 })
  expect(itemsOf('HOT_UPDATE off 36 xmax 726 flags 0x60 ; new off 41 xmax 0')).toEqual({ item: 41, from: 36 })
})

test('the end of a prepared transaction is that of the transaction it names', () => {
  const words =
    'COMMIT_PREPARED 812: 2026-11-25 18:05:54.342604 UTC; rels: base/5/16407 base/5/16408_init; subxacts: 813 814'
  expect(readEnd({ manager: 'Transaction', xid: '0', lsn: '0/1', words, blocks: [] })).toEqual({
    isCommitted: true,
    xids: ['812', '813', '814'],
    at: '2026-11-25 18:05:54.342604+00',
    files: ['5/16407'],
  })
  expect(fileOf('pg_tblspc/16390/PG_15_202209061/5/16384')).toBe('5/16384')
})

test('a row of pg_class that no query sees any more is read from its page', () => {
  const page = readFileSync(new URL('fixtures/pg-class-page.bin', import.meta.url))
  expect(readClassRow(page, 25, 15)).toMatchObject({ name: 'gone', namespace: 2200, kind: 'r' })
  expect(readClassRow(page, 0, 15)).toBeNull()
  expect(readClassRow(page, 5_000, 15)).toBeNull()
  expect(readClassRow(Buffer.alloc(8192), 1, 15)).toBeNull()
})
