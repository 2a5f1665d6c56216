import type pg from 'pg'
import { z } from 'zod'
import type { PostgresSetting } from '#domain/stack/postgres-detail.ts'
import { notAsExpected } from '../../json.ts'
import type { Target } from '../../target.ts'
import { line } from './words.ts'

/** What a session of a deep look sets for itself. */
const guards = `set statement_timeout = 3000; set lock_timeout = 1000; set idle_in_transaction_session_timeout = 10000;
  set default_transaction_read_only = on; set jit = off`

/**
 * The server's settings by name, of those that rules read and those that wait for a restart; never one that holds a password. The
 * session's own are put off for the moment and back on: read beside them, they would pass for the server's. What is set for this
 * role, this database or this session alone says nothing of the server and is left out.
 */
export async function readSettings(client: pg.Client, target: Target): Promise<Record<string, PostgresSetting>> {
  const answers: unknown = await client.query(`reset all; ${settingsSql}; ${guards}`)
  const parsed = z.array(z.object({ rows: z.array(z.unknown()) })).safeParse(answers)
  const rows = z.array(row).safeParse(parsed.data?.[1]?.rows)
  if (!rows.success) throw notAsExpected(target, 'its answer to a query about settings has another shape')
  return Object.fromEntries(
    rows.data.map(({ name, setting, unit, source, pending_restart }) => [
      name,
      { value: setting, unit, source, pendingRestart: pending_restart },
    ]),
  )
}

const row = z.object({
  name: line,
  setting: line,
  unit: line.nullable(),
  source: line,
  pending_restart: z.boolean(),
})

const named = [
  'archive_command archive_library archive_mode archive_timeout',
  'checkpoint_completion_target checkpoint_timeout checkpoint_warning max_wal_size min_wal_size wal_segment_size',
  'data_checksums fsync full_page_writes synchronous_commit synchronous_standby_names wal_compression wal_level wal_log_hints',
  'hot_standby hot_standby_feedback max_standby_archive_delay max_standby_streaming_delay recovery_min_apply_delay',
  'max_replication_slots max_slot_wal_keep_size max_wal_senders wal_keep_size wal_receiver_status_interval',
  'wal_receiver_timeout wal_sender_timeout max_prepared_transactions max_locks_per_transaction track_commit_timestamp',
  'max_connections reserved_connections superuser_reserved_connections max_worker_processes max_parallel_workers',
  'effective_cache_size huge_pages maintenance_work_mem shared_buffers shared_preload_libraries temp_file_limit work_mem',
  'effective_io_concurrency random_page_cost jit default_statistics_target cluster_name listen_addresses port',
  'client_connection_check_interval idle_in_transaction_session_timeout idle_session_timeout lock_timeout statement_timeout',
  'transaction_timeout tcp_keepalives_idle tcp_keepalives_interval tcp_keepalives_count tcp_user_timeout',
  'password_encryption ssl ssl_min_protocol_version row_security restart_after_crash zero_damaged_pages ignore_checksum_failure',
].flatMap((words) => words.split(' '))

const settingsSql = `
  select name, left(setting, 2000) as setting, unit, source, pending_restart
    from pg_settings
   where (name in (${named.map((name) => `'${name}'`).join(', ')}) or name ~ '^(autovacuum|log|track)_' or name = 'autovacuum'
          or pending_restart)
     and name not in ('primary_conninfo', 'ssl_passphrase_command')
     and source not in ('client', 'database', 'database user', 'session', 'user')
   order by name limit 400`
