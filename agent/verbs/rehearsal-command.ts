import { join } from 'node:path'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import { type RehearsalPlace } from './rehearsal-place.ts'

/** What of the restored and the live cluster the rehearsal's Postgres must agree with. */
export interface RehearsalNeeds {
  repository: number
  majorVersion: number
  /** pg_controldata of the restored data. */
  control: Record<string, string>
  /** The live Postgres' own `shared_preload_libraries`. */
  libraries: string
}

/**
 * The arguments of a rehearsal's Postgres. Its configuration file is one of ours, so that nothing of the restored one reaches out of its folder;
 * these settings prevail over what is left of postgresql.auto.conf.
 */
export function rehearsalArguments(
  config: AgentConfig,
  place: RehearsalPlace,
  port: number,
  needs: RehearsalNeeds,
): string[] {
  const fromControl = (name: string, line: string) =>
    /^\d+$/.test(needs.control[line] ?? '') ? [`${name}=${needs.control[line]}`] : []
  const settings = [
    `config_file=${join(place.root, 'postgresql.conf')}`,
    `hba_file=${place.hba}`,
    `ident_file=${join(place.root, 'ident.conf')}`,
    `external_pid_file=${join(place.root, 'postmaster.pid')}`,
    // For this machine alone, and there for Postgres' user alone; relative to the data folder, as the whole path may be too long.
    'listen_addresses=',
    `port=${port}`,
    'unix_socket_directories=../run',
    'unix_socket_permissions=0700',
    'ssl=off',
    'cluster_name=matriarch-rehearsal',
    // Nothing goes to the archive, nothing comes from or goes to other servers, and no command of the backup's day is run.
    'archive_mode=off',
    'archive_command=/bin/false',
    ...(needs.majorVersion >= 15 ? ['archive_library='] : []),
    `restore_command=${restoreCommand(config, place, needs.repository)}`,
    'recovery_target_action=promote',
    'recovery_end_command=',
    'archive_cleanup_command=',
    'primary_conninfo=',
    'primary_slot_name=',
    'synchronous_standby_names=',
    'max_wal_senders=0',
    'max_logical_replication_workers=0',
    // Libraries are needed to read some data; without workers none of them can begin jobs of its own.
    `shared_preload_libraries=${needs.libraries}`,
    'session_preload_libraries=',
    'local_preload_libraries=',
    'max_worker_processes=0',
    'max_parallel_workers=0',
    'autovacuum=off',
    // So that it needs not be as great as the cluster it comes from. Until the target is reached it takes no queries.
    'hot_standby=off',
    'shared_buffers=128MB',
    'maintenance_work_mem=64MB',
    'huge_pages=off',
    'max_connections=20',
    ...fromControl('max_prepared_transactions', 'max_prepared_xacts setting'),
    ...fromControl('max_locks_per_transaction', 'max_locks_per_xact setting'),
    'restart_after_crash=off',
    'logging_collector=off',
    'log_destination=stderr',
    'log_min_messages=log',
    'log_line_prefix=%m [%p] ',
    'log_statement=none',
    'lc_messages=C',
    'log_timezone=UTC',
    'TimeZone=UTC',
  ]
  return ['-D', place.data, ...settings.flatMap((setting) => ['-c', setting])]
}

/**
 * The text of a restored postgresql.auto.conf with nothing but where the recovery stops: the rest was meant for the live server, for its memory and for
 * folders that it may still write to.
 */
export function rehearsalAutoConf(restored: string): string {
  const kept = restored.split('\n').filter((line) => /^\s*recovery_target(?:_[a-z]+)?\s*=/i.test(line))
  return kept.map((line) => `${line}\n`).join('')
}

/** Who may come in: whoever reaches the socket, and that is Postgres' user. */
export const rehearsalAccess = 'local all all trust\n'

/** Fetches from the repository that was asked for; Postgres gives this to a shell. */
function restoreCommand({ pgbackrest }: AgentConfig, { data }: RehearsalPlace, repository: number): string {
  const words = [
    pgbackrest.program,
    `--stanza=${pgbackrest.stanza}`,
    `--repo=${repository}`,
    `--pg1-path=${data}`,
    // Asynchronously it would share with the live Postgres the folder where segments wait.
    '--no-archive-async',
    '--log-level-file=off',
    'archive-get',
  ]
  return `${words.map((word) => shellWord(word).replaceAll('%', '%%')).join(' ')} %f "%p"`
}

function shellWord(word: string): string {
  return /^[A-Za-z0-9_./=:@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
