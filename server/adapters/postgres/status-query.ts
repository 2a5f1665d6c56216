import { z } from 'zod'
import type { PostgresStatus } from '#domain/snapshot/readings.ts'
import { cleanText } from '../clean-text.ts'
import { notAsExpected } from '../json.ts'
import type { Target } from '../target.ts'

/** The one statement of a look; version is server_version_num. Works for a role that has pg_monitor. */
export function statusSql(version: number): string {
  return `
    select pg_is_in_recovery() as in_recovery,
      ${timelineSql} as timeline,
      (select system_identifier::text from pg_control_system()) as system_identifier,
      ${backupSql(version)} as backup_running,
      longest.*
    from (values (1)) one left join lateral (${longestTransactionSql(version)}) longest on true`
}

/** Reads the row of \`statusSql\`. */
export function parseStatusRow(row: unknown, target: Target): PostgresStatus {
  const parsed = rowSchema.safeParse(row)
  if (!parsed.success) throw notAsExpected(target, 'its answer to a status query has another shape')
  const { pid, seconds, application, user_name, ...status } = parsed.data
  return {
    inRecovery: status.in_recovery,
    timeline: status.timeline,
    systemIdentifier: status.system_identifier,
    longestTransaction:
      pid === null || seconds === null ? null : { seconds, pid, application: application ?? '', user: user_name ?? '' },
    backupRunning: status.backup_running,
  }
}

const rowSchema = z.object({
  in_recovery: z.boolean(),
  timeline: z.number().nullable(),
  system_identifier: cleanText.nullable(),
  backup_running: z.boolean(),
  pid: z.number().nullable(),
  seconds: z.number().nullable(),
  application: cleanText.nullable(),
  user_name: cleanText.nullable(),
})

// The control file tells a new timeline only after a checkpoint: the WAL position of a primary and the receiver of a standby know it earlier.
const timelineSql = `case when pg_is_in_recovery()
  then (select greatest(timeline_id, (select min_recovery_end_timeline from pg_control_recovery()),
                        (select received_tli from pg_stat_wal_receiver)) from pg_control_checkpoint())
  else ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int end`

// pgBackRest copies files itself: only its session shows that it is at work.
function backupSql(version: number): string {
  const baseBackup = version >= 130_000 ? 'exists (select from pg_stat_progress_basebackup)' : 'false'
  const exclusive = version < 150_000 ? 'pg_is_in_backup()' : 'false'
  return `(${baseBackup} or ${exclusive}
    or exists (select from pg_stat_activity where application_name like 'pgBackRest [backup%'))`
}

function longestTransactionSql(version: number): string {
  const isClient = version >= 100_000 ? `backend_type = 'client backend'` : 'true'
  return `select pid, extract(epoch from clock_timestamp() - xact_start)::float8 as seconds,
      application_name as application, usename::text as user_name
    from pg_stat_activity
    where ${isClient} and xact_start is not null and pid <> pg_backend_pid()
    order by xact_start limit 1`
}
