import type { HistoryLine, PatroniConfig, Tags } from './patroni.ts'

/** Patroni's keys under `/<namespace>/<scope>/` of etcd, read linearizably or through a watch. */
export interface DcsKeys {
  /** Member name in the leader key; null = the key is absent. */
  leader: string | null
  /** When this console saw the leader key take its present value. */
  leaderChangedAt: Date
  members: DcsMember[]
  systemIdentifier: string | null
  config: PatroniConfig | null
  /** The leader's last published WAL position, bytes. */
  optimeLsn: number | null
  failover: { leader: string | null; candidate: string | null; scheduledAt: Date | null } | null
  sync: { leader: string | null; syncStandbys: string[]; quorum: number | null } | null
  history: HistoryLine[]
  /** etcd's revision of this state, for resuming a watch; decimal string because it is 64-bit. */
  revision: string
}

/** Value of `members/<name>`. */
export interface DcsMember {
  name: string
  apiUrl: string | null
  host: string | null
  port: number | null
  state: string
  role: string
  timeline: number | null
  lsn: number | null
  tags: Tags
  pendingRestart: boolean
  pause: boolean
  patroniVersion: string | null
}

/** `POST /v3/maintenance/status` of one etcd endpoint. */
export interface EtcdEndpointStatus {
  memberId: string
  name: string | null
  version: string
  /** This endpoint's idea of the leader; null = it knows none. */
  leaderId: string | null
  raftTerm: number
  dbSizeBytes: number
  alarms: EtcdAlarm[]
}

/** An alarm as every endpoint tells it, whichever member raised it. */
export interface EtcdAlarm {
  /** Null where the endpoint's words name no member. */
  memberId: string | null
  /** `NOSPACE`, `CORRUPT`, or words of a later version. */
  kind: string
}
