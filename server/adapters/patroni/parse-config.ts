import { z } from 'zod'
import type { PatroniConfig } from '#domain/patroni.ts'
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
  }
}

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
  if (typeof value !== 'object' || value === null) return false
  const settings = new Map<string, unknown>(Object.entries(value))
  return ['host', 'port', 'restore_command'].some((name) => Boolean(settings.get(name)))
}
