import { z } from 'zod'
import type { PatroniStatus } from '#domain/snapshot/patroni.ts'
import { cleanText } from '../clean-text.ts'
import { parseJson } from '../json.ts'
import type { Target } from '../target.ts'
import { flag, lsn, memberName, pendingRestartReason, tags, timeline } from './fields.ts'
import { fromEpoch, parseTime } from './times.ts'

/** Parses the body of `GET /patroni` of Patroni 3.0 to 4.1 (api.py get_postgresql_status); unknown fields and words pass. */
export function parseStatus(body: string, target: Target): PatroniStatus {
  const raw = parseJson(body, statusSchema, target)
  return {
    name: raw.patroni.name ?? null,
    scope: raw.patroni.scope ?? null,
    patroniVersion: raw.patroni.version,
    state: raw.state,
    role: raw.role === 'master' ? 'primary' : raw.role,
    serverVersion: raw.server_version ?? null,
    postmasterStartedAt: parseTime(raw.postmaster_start_time),
    timeline: raw.timeline ?? null,
    wal: walOf(raw.xlog),
    replicationState: raw.replication_state ?? null,
    replication: (raw.replication ?? []).map((sender) => ({
      applicationName: sender.application_name ?? '',
      clientAddress: sender.client_addr ?? null,
      state: sender.state ?? '',
      syncState: sender.sync_state ?? '',
    })),
    syncStandby: raw.sync_standby ?? false,
    quorumStandby: raw.quorum_standby ?? false,
    pause: raw.pause ?? false,
    clusterUnlocked: raw.cluster_unlocked ?? false,
    failsafeActive: raw.failsafe_mode_is_active ?? false,
    watchdogFailed: raw.watchdog_failed ?? false,
    dcsLastSeenAt: fromEpoch(raw.dcs_last_seen),
    systemIdentifier: raw.database_system_identifier ?? null,
    tags: raw.tags,
    pendingRestart: raw.pending_restart ?? false,
    pendingRestartReason: raw.pending_restart_reason,
    scheduledRestartAt: parseTime(raw.scheduled_restart?.schedule),
  }
}

const xlog = z.object({
  location: lsn.nullish(),
  received_location: lsn.nullish(),
  replayed_location: lsn.nullish(),
  replayed_timestamp: cleanText.nullish(),
  paused: flag,
})

const sender = z.object({
  application_name: cleanText.nullish(),
  client_addr: cleanText.nullish(),
  state: cleanText.nullish(),
  sync_state: cleanText.nullish(),
})

const statusSchema = z.object({
  state: cleanText,
  role: cleanText,
  patroni: z.object({ version: cleanText, scope: cleanText.nullish(), name: memberName.nullish() }),
  server_version: z.number().int().nullish(),
  postmaster_start_time: cleanText.nullish(),
  timeline,
  xlog: xlog.nullish(),
  replication_state: cleanText.nullish(),
  replication: z.array(sender).max(1000).nullish(),
  sync_standby: flag,
  quorum_standby: flag,
  pause: flag,
  cluster_unlocked: flag,
  failsafe_mode_is_active: flag,
  watchdog_failed: flag,
  dcs_last_seen: z.number().nullish(),
  database_system_identifier: cleanText.nullish(),
  tags,
  pending_restart: flag,
  pending_restart_reason: pendingRestartReason,
  scheduled_restart: z.object({ schedule: cleanText.nullish() }).nullish(),
})

// `location` is there exactly when SQL says that Postgres is not in recovery.
function walOf(raw: z.infer<typeof xlog> | null | undefined): PatroniStatus['wal'] {
  if (!raw) return null
  if (typeof raw.location === 'number') return { kind: 'primary', lsn: raw.location }
  return {
    kind: 'standby',
    receivedLsn: raw.received_location ?? null,
    replayedLsn: raw.replayed_location ?? null,
    replayedAt: parseTime(raw.replayed_timestamp),
    paused: raw.paused ?? false,
  }
}
