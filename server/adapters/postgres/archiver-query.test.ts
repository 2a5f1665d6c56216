import { expect, test } from 'vitest'
import { archiverSql, parseArchiverRow } from './archiver-query.ts'

const target = { who: 'pg-node-1', system: 'Postgres', address: '10.0.1.10:5432' }
const row = {
  last_archived_wal: '000000010000000000000001',
  last_archived_time: new Date('2026-11-25T15:59:00Z'),
  last_failed_wal: null,
  last_failed_time: null,
  failed_count: 0,
  waiting_segments: null,
  archive_timeout_seconds: 60,
  wal_segment_size_bytes: 16_777_216,
}

test('a row tells how archiving stands', () => {
  expect(parseArchiverRow(row, target)).toMatchObject({
    lastArchivedWal: '000000010000000000000001',
    waitingSegments: null,
    walSegmentSizeBytes: 16_777_216,
  })
})

test.each([undefined, {}, { ...row, wal_segment_size_bytes: 3 }, { ...row, failed_count: 'many' }])(
  'what is no such row (%j) is refused with the member',
  (given) => {
    expect(() => parseArchiverRow(given, target)).toThrow('pg-node-1')
  },
)

test('the queue is counted where a role with pg_monitor may', () => {
  expect(archiverSql(120_000)).toContain('pg_ls_archive_statusdir')
  expect(archiverSql(110_022)).not.toContain('pg_ls_archive_statusdir')
})
