import { z } from 'zod'
import type { PatroniConfig, PatroniSetup } from '#domain/snapshot/patroni.ts'
import { clean } from '../clean-text.ts'
import { parseJson } from '../json.ts'
import type { Target } from '../target.ts'

/** Parses the dynamic configuration (`GET /config` or the DCS key `config`), with Patroni's defaults for what it leaves out. */
export function parseConfig(body: string, target: Target): PatroniConfig {
  return toConfig(parseJson(body, configSchema, target))
}

// Patroni stores any nonsense it is given and then goes on with its default: so does this.
const configSchema = z.object({
  ttl: z.unknown().optional(),
  loop_wait: z.unknown().optional(),
  retry_timeout: z.unknown().optional(),
  maximum_lag_on_failover: z.unknown().optional(),
  synchronous_mode: z.unknown().optional(),
  synchronous_mode_strict: z.unknown().optional(),
  check_timeline: z.unknown().optional(),
  failsafe_mode: z.unknown().optional(),
  pause: z.unknown().optional(),
  standby_cluster: z.unknown().optional(),
  primary_start_timeout: z.unknown().optional(),
  master_start_timeout: z.unknown().optional(),
  primary_stop_timeout: z.unknown().optional(),
  master_stop_timeout: z.unknown().optional(),
  synchronous_node_count: z.unknown().optional(),
  member_slots_ttl: z.unknown().optional(),
  postgresql: z.unknown().optional(),
})

function toConfig(raw: z.infer<typeof configSchema>): PatroniConfig {
  return {
    ttlSeconds: toNumber(raw.ttl) ?? 30,
    loopWaitSeconds: toNumber(raw.loop_wait) ?? 10,
    retryTimeoutSeconds: toNumber(raw.retry_timeout) ?? 10,
    maximumLagOnFailoverBytes: toNumber(raw.maximum_lag_on_failover) ?? 1_048_576,
    synchronousMode: isQuorum(raw.synchronous_mode) ? 'quorum' : toBoolean(raw.synchronous_mode),
    synchronousModeStrict: toBoolean(raw.synchronous_mode_strict),
    checkTimeline: toBoolean(raw.check_timeline),
    failsafeMode: toBoolean(raw.failsafe_mode),
    pause: toBoolean(raw.pause),
    standbyCluster: isStandbyCluster(raw.standby_cluster),
    primaryStartTimeoutSeconds: toNumber(raw.primary_start_timeout) ?? toNumber(raw.master_start_timeout) ?? 300,
    setup: toSetup(raw),
  }
}

function toSetup(raw: z.infer<typeof configSchema>): PatroniSetup {
  const postgresql = entriesOf(raw.postgresql)
  const parameters = entriesOf(postgresql.get('parameters'))
  const rewind = postgresql.get('use_pg_rewind')
  return {
    usePgRewind: rewind === undefined || rewind === null ? null : toBoolean(rewind),
    // On unless it is switched off (postgresql/config.py).
    useSlots: postgresql.has('use_slots') ? toBoolean(postgresql.get('use_slots')) : true,
    memberSlotsTtlSeconds: toSeconds(raw.member_slots_ttl),
    synchronousNodeCount: Math.max(1, toNumber(raw.synchronous_node_count) ?? 1),
    primaryStopTimeoutSeconds: toNumber(raw.primary_stop_timeout) ?? toNumber(raw.master_stop_timeout) ?? 0,
    parameters: Object.fromEntries(
      readParameters.flatMap((name) => {
        const value = parameterText(parameters.get(name))
        return value === null ? [] : [[name, value]]
      }),
    ),
  }
}

/** Never a command or a connection string: they may hold secrets, and snapshots go to every browser. */
const readParameters = [
  'wal_level',
  'hot_standby',
  'wal_log_hints',
  'max_connections',
  'max_wal_senders',
  'max_replication_slots',
  'max_prepared_transactions',
  'max_worker_processes',
  'max_locks_per_transaction',
  'archive_mode',
  'archive_timeout',
  'synchronous_commit',
  'wal_keep_size',
  'max_slot_wal_keep_size',
  'max_standby_streaming_delay',
  'fsync',
  'full_page_writes',
  'autovacuum',
  'superuser_reserved_connections',
  'idle_in_transaction_session_timeout',
  'checkpoint_timeout',
] as const

function entriesOf(value: unknown): Map<string, unknown> {
  return new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}

function parameterText(value: unknown): string | null {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return typeof value === 'string' || typeof value === 'number' ? clean(String(value)).slice(0, 200) : null
}

/** With Postgres's units of time, as Patroni takes them for member_slots_ttl: `30min`. */
function toSeconds(value: unknown): number | null {
  const plain = toNumber(value)
  if (plain !== null || typeof value !== 'string') return plain
  const [, amount, unit = ''] = /^(\d{1,9})\s*(ms|s|min|h|d)$/.exec(value.trim()) ?? []
  const seconds = secondsOf.get(unit)
  return amount === undefined || seconds === undefined ? null : Number(amount) * seconds
}

const secondsOf = new Map([
  ['ms', 0.001],
  ['s', 1],
  ['min', 60],
  ['h', 3600],
  ['d', 86_400],
])

function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return value >= 0 ? value : null
  return typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? Number(value) : null
}

// utils.py parse_bool
function toBoolean(value: unknown): boolean {
  if (typeof value === 'string') return ['on', 'true', '1', 'yes'].includes(value.trim().toLowerCase())
  return value === true || value === 1
}

function isQuorum(value: unknown): boolean {
  return typeof value === 'string' && value.trim().toLowerCase() === 'quorum'
}

function isStandbyCluster(value: unknown): boolean {
  const settings = entriesOf(value)
  return ['host', 'port', 'restore_command'].some((name) => Boolean(settings.get(name)))
}
