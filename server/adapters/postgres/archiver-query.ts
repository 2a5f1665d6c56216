import { z } from 'zod'
import type { ArchiverReading } from '#domain/wal/archiver-seen.ts'
import { cleanText } from '../clean-text.ts'
import { notAsExpected } from '../json.ts'
import type { Target } from '../target.ts'

/** How archiving stands and how large a WAL segment is; version is server_version_num. Works for a role that has pg_monitor. */
export function archiverSql(version: number): string {
  return `
    select last_archived_wal, last_archived_time, last_failed_wal, last_failed_time, failed_count::float8 as failed_count,
      ${waitingSql(version)} as waiting_segments,
      (select setting::int from pg_settings where name = 'archive_timeout') as archive_timeout_seconds,
      pg_size_bytes(current_setting('wal_segment_size'))::float8 as wal_segment_size_bytes
    from pg_stat_archiver`
}

/** Reads the row of \`archiverSql\`. */
export function parseArchiverRow(row: unknown, target: Target): ArchiverReading {
  const parsed = rowSchema.safeParse(row)
  if (!parsed.success) throw notAsExpected(target, 'its answer to a query about archiving has another shape')
  const { data } = parsed
  return {
    lastArchivedWal: data.last_archived_wal,
    lastArchivedAt: data.last_archived_time,
    lastFailedWal: data.last_failed_wal,
    lastFailedAt: data.last_failed_time,
    failedCount: data.failed_count,
    waitingSegments: data.waiting_segments,
    archiveTimeoutSeconds: data.archive_timeout_seconds,
    walSegmentSizeBytes: data.wal_segment_size_bytes,
  }
}

const rowSchema = z.object({
  last_archived_wal: cleanText.nullable(),
  last_archived_time: z.date().nullable(),
  last_failed_wal: cleanText.nullable(),
  last_failed_time: z.date().nullable(),
  failed_count: z.number(),
  waiting_segments: z.number().nullable(),
  archive_timeout_seconds: z.number().nullable(),
  wal_segment_size_bytes: z.number().min(1_048_576).max(1_073_741_824),
})

// Before 12 only a superuser may list the folder.
function waitingSql(version: number): string {
  if (version < 120_000) return 'null::int'
  return `(select count(*)::int from pg_ls_archive_statusdir() where name like '%.ready')`
}
