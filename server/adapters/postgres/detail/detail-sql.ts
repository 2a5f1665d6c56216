/** At most so many lines of each list: what is looked at is bounded, whatever a server holds. */
const most = { senders: 100, slots: 200, groups: 200, long: 100, waiting: 100, databases: 500 }
const longActive = "interval '30 s'"
const longIdleInTransaction = "interval '60 s'"

/**
 * The one statement of a deep look; version is server_version_num, 13 and newer. It answers with one JSON document, so that a look
 * costs one round trip and, prepared once, no planning. Works for a role that has pg_monitor. Where a view's column came or went
 * with a version, `to_jsonb` gives null instead of an error.
 */
export function detailSql(version: number, { hasQueries }: { hasQueries: boolean }): string {
  const query = (length: number) => (hasQueries ? `left(query, ${length})` : `''`)
  return `
with activity as materialized (
  select pid, datname, usename, application_name, client_addr, backend_start, xact_start, query_start, state_change,
    wait_event_type || ':' || wait_event as wait, wait_event_type, state, backend_xmin, backend_type, query
  from pg_stat_activity
),
waiting as materialized (
  -- The lock manager's own locks are taken for each: only where somebody waits, and not for all of a long queue.
  select pid, pg_blocking_pids(pid) as blockers
  from (select pid from activity where wait_event_type = 'Lock' order by query_start limit ${most.waiting}) each
),
slots as materialized (select * from pg_replication_slots)
select json_build_object(
  'inRecovery', pg_is_in_recovery(),
  'startedAt', pg_postmaster_start_time(),
  'configuredAt', pg_conf_load_time(),
  'written', case when pg_is_in_recovery() then null else pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') end,
  'received', pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0'),
  'replayed', pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0'),
  'replayPaused', case when pg_is_in_recovery() then pg_is_wal_replay_paused() end,
  'senders', ${list(sendersSql)},
  'receiver', (select row_to_json(each) from (${receiverSql}) each),
  'slots', ${list(slotsSql)},
  'archiver', (select row_to_json(each) from (${archiverSql}) each),
  'ready', case when ${isArchiving} then (select count(*) from pg_ls_archive_statusdir() where name like '%.ready') end,
  'connections', (select row_to_json(each) from (${connectionsSql}) each),
  'sessions', ${list(sessionsSql)},
  'longSessions', ${list(longSessionsSql(query(500)))},
  'waits', ${list('select pid, blockers from waiting')},
  'involved', ${list(involvedSql(query(300)))},
  'databases', ${list(databasesSql)},
  'horizon', json_build_object(
    'sessions', (select max(age(backend_xmin)) from activity where ${holdsBack}),
    'slots', (select max(greatest(age(xmin), age(catalog_xmin))) from slots),
    'prepared', (select max(age(transaction)) from pg_prepared_xacts),
    'standbys', (select max(age(backend_xmin)) from activity where backend_type = 'walsender')),
  'checkpoints', (select row_to_json(each) from (${checkpointsSql(version)}) each),
  'walBytesTotal', ${version >= 140_000 ? '(select wal_bytes from pg_stat_wal)' : 'null'}
) as detail`
}

const since = (moment: string) => `extract(epoch from clock_timestamp() - ${moment})`
const seconds = (interval: string) => `extract(epoch from ${interval})`
const list = (select: string) => `coalesce((select json_agg(each) from (${select}) each), '[]'::json)`

// Positions as they are: what is behind what is worked out where null cannot turn into zero.
const sendersSql = `
  select r.pid, r.application_name as application, host(r.client_addr) as address, r.state, r.sync_state as "syncState",
    s.slot_name as slot, pg_wal_lsn_diff(r.sent_lsn, '0/0') as sent, pg_wal_lsn_diff(r.write_lsn, '0/0') as write,
    pg_wal_lsn_diff(r.flush_lsn, '0/0') as flush, pg_wal_lsn_diff(r.replay_lsn, '0/0') as replay,
    ${seconds('r.write_lag')} as "writeLagSeconds", ${seconds('r.flush_lag')} as "flushLagSeconds",
    ${seconds('r.replay_lag')} as "replayLagSeconds", ${since('r.reply_time')} as "replyAgeSeconds"
  from pg_stat_replication r left join slots s on s.active_pid = r.pid
  order by r.application_name, r.pid limit ${most.senders}`

// The folder of what waits is listed only where WAL is archived by this server as it is now.
const isArchiving = `current_setting('archive_mode') = 'always'
    or current_setting('archive_mode') = 'on' and not pg_is_in_recovery()`

const receiverSql = `
  select status, sender_host as "senderHost", sender_port as "senderPort", slot_name as slot, received_tli as timeline,
    ${since('last_msg_receipt_time')} as "lastMessageAgeSeconds"
  from pg_stat_wal_receiver`

const slotsSql = `
  select slot_name as name, slot_type as type, database, active, temporary, wal_status as "walStatus",
    safe_wal_size as "safeBytes", pg_wal_lsn_diff(restart_lsn, '0/0') as restart,
    greatest(age(xmin), age(catalog_xmin)) as "xminAge",
    to_jsonb(slots) -> 'conflicting' as conflicting, to_jsonb(slots) ->> 'invalidation_reason' as "invalidationReason"
  from slots order by restart_lsn nulls first, slot_name limit ${most.slots}`

const archiverSql = `
  select current_setting('archive_mode') as mode, current_setting('archive_command') as command,
    current_setting('archive_library', true) as library, archived_count as "archivedCount", failed_count as "failedCount",
    last_archived_wal as "lastArchivedWal", last_archived_time as "lastArchivedAt",
    last_failed_wal as "lastFailedWal", last_failed_time as "lastFailedAt"
  from pg_stat_archiver`

const connectionsSql = `
  select count(*) filter (where backend_type = 'client backend') as clients,
    count(*) filter (where backend_type = 'walsender') as "walSenders",
    current_setting('max_connections')::int as max,
    current_setting('superuser_reserved_connections')::int
      + coalesce(nullif(current_setting('reserved_connections', true), ''), '0')::int as reserved,
    count(*) filter (where wait_event_type = 'Lock') as "waitingOnLock",
    count(*) filter (where wait = 'IPC:SyncRep') as "waitingOnSync"
  from activity`

const sessionsSql = `
  select coalesce(datname, '') as database, coalesce(state, 'unknown') as state, count(*) as count,
    max(${since('xact_start')}) as "oldestTransactionSeconds"
  from activity where backend_type = 'client backend' and pid <> pg_backend_pid()
  group by 1, 2 order by 3 desc, 1, 2 limit ${most.groups}`

const whoSql = `pid, backend_start as "backendStart", usename as user, datname as database, application_name as application,
    host(client_addr) as address, state, wait as "waitEvent", ${since('xact_start')} as "transactionSeconds"`

const longSessionsSql = (query: string) => `
  select ${whoSql}, ${since('query_start')} as "querySeconds", ${since('state_change')} as "stateSeconds", ${query} as query
  from activity
  where backend_type = 'client backend' and pid <> pg_backend_pid()
    and (state = 'active' and clock_timestamp() - query_start > ${longActive}
      or state like 'idle in transaction%' and clock_timestamp() - state_change > ${longIdleInTransaction})
  order by xact_start nulls last limit ${most.long}`

const involvedSql = (query: string) => `
  select ${whoSql}, ${query} as query
  from activity where pid in (select pid from waiting union select unnest(blockers) from waiting)`

// Vacuum's own transactions hold nothing back; standbys are told apart.
const holdsBack = "pid <> pg_backend_pid() and backend_type not in ('walsender', 'autovacuum worker')"

const databasesSql = `
  select d.datname as name, age(d.datfrozenxid) as "xidAge", mxid_age(d.datminmxid) as "mxidAge",
    s.xact_commit as "commitsTotal", s.xact_rollback as "rollbacksTotal", s.deadlocks as "deadlocksTotal",
    s.temp_bytes as "tempBytesTotal", s.blks_read as "blocksReadTotal", s.blks_hit as "blocksHitTotal",
    s.tup_returned as "rowsReturnedTotal", s.tup_inserted + s.tup_updated + s.tup_deleted as "rowsWrittenTotal",
    s.checksum_failures as "checksumFailures", s.checksum_last_failure as "checksumFailedAt", s.stats_reset as "statsReset"
  from pg_database d join pg_stat_database s on s.datid = d.oid
  order by 2 desc, 1 limit ${most.databases}`

function checkpointsSql(version: number): string {
  const last = '(select checkpoint_time from pg_control_checkpoint()) as "lastAt"'
  if (version < 170_000) {
    return `select checkpoints_timed as timed, checkpoints_req as requested, checkpoint_write_time as "writeMilliseconds",
      checkpoint_sync_time as "syncMilliseconds", buffers_checkpoint as "buffersWritten", ${last} from pg_stat_bgwriter`
  }
  return `select num_timed as timed, num_requested as requested, write_time as "writeMilliseconds",
    sync_time as "syncMilliseconds", buffers_written as "buffersWritten", ${last} from pg_stat_checkpointer`
}
