/** Replication lag in bytes as Patroni reports it; 'unknown' where the member publishes no WAL position. */
export type Lag = number | 'unknown'

export type Tags = Record<string, string | number | boolean>

/** `GET /patroni` of one member, parsed (Patroni 3.0 to 4.1; api.py get_postgresql_status). */
export interface PatroniStatus {
  name: string | null
  scope: string | null
  patroniVersion: string | null
  /** As Patroni says it; may be a word of a later version. */
  state: string
  /** Normalised: `master` is told as `primary`. */
  role: 'primary' | 'replica' | 'standby_leader' | 'demoted' | 'promoted' | 'uninitialized' | (string & {})
  /** PostgreSQL's server_version_num, e.g. 150020. */
  serverVersion: number | null
  postmasterStartedAt: Date | null
  timeline: number | null
  /** Present only when Postgres answered by SQL. `primary` = not in recovery, so it takes writes. */
  wal:
    | { kind: 'primary'; lsn: number }
    | {
        kind: 'standby'
        receivedLsn: number | null
        replayedLsn: number | null
        replayedAt: Date | null
        paused: boolean
      }
    | null
  replicationState: string | null
  /** Walsenders of this member: who streams from it. */
  replication: { applicationName: string; clientAddress: string | null; state: string; syncState: string }[]
  syncStandby: boolean
  quorumStandby: boolean
  pause: boolean
  clusterUnlocked: boolean
  failsafeActive: boolean
  watchdogFailed: boolean
  /** When the member last saw the DCS, on the member's own clock. */
  dcsLastSeenAt: Date | null
  systemIdentifier: string | null
  tags: Tags
  pendingRestart: boolean
  pendingRestartReason: Record<string, { oldValue: string; newValue: string }>
  scheduledRestartAt: Date | null
}

/** `GET /cluster` of one member: that member's cached view, trustworthy only next to others (utils.py cluster_as_json). */
export interface PatroniClusterView {
  scope: string | null
  members: PatroniClusterMember[]
  pause: boolean
  scheduledSwitchover: ScheduledSwitchover | null
}

export interface PatroniClusterMember {
  name: string
  role: 'leader' | 'standby_leader' | 'sync_standby' | 'quorum_standby' | 'replica' | (string & {})
  state: string
  apiUrl: string | null
  host: string | null
  port: number | null
  timeline: number | null
  lag: Lag | null
  receiveLag: Lag | null
  replayLag: Lag | null
  pendingRestart: boolean
  tags: Tags
}

export interface ScheduledSwitchover {
  at: Date
  from: string | null
  to: string | null
}

/** One line of `GET /history`: timeline `timeline` ended at `lsn`. */
export interface HistoryLine {
  timeline: number
  lsn: number
  reason: string
  endedAt: Date | null
  newLeader: string | null
}

/** The part of the dynamic configuration (`GET /config`, DCS key `config`) that judgements rest on; Patroni's defaults filled in. */
export interface PatroniConfig {
  ttlSeconds: number
  loopWaitSeconds: number
  retryTimeoutSeconds: number
  maximumLagOnFailoverBytes: number
  synchronousMode: boolean | 'quorum'
  synchronousModeStrict: boolean
  checkTimeline: boolean
  failsafeMode: boolean
  pause: boolean
  standbyCluster: boolean
  primaryStartTimeoutSeconds: number
  /** What only rules on the set-up read; absent in what an earlier version of the console kept. */
  setup?: PatroniSetup
}

/** More of the dynamic configuration, with Patroni's defaults for what it leaves out. */
export interface PatroniSetup {
  /** Null = it does not say; patroni.yml of a node may, and then that counts there. */
  usePgRewind: boolean | null
  useSlots: boolean
  /** How long the slot of a member that is gone is kept, from 4.0 on; null = it does not say. */
  memberSlotsTtlSeconds: number | null
  synchronousNodeCount: number
  /** 0 = a stop may take without end. */
  primaryStopTimeoutSeconds: number
  /** Of `postgresql.parameters`, those that rules read, as they are written; they may be set in patroni.yml as well. */
  parameters: Record<string, string>
}
