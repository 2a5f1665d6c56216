import type { EtcdEndpointStatus } from './dcs.ts'
import type { HistoryLine, Lag, PatroniConfig, ScheduledSwitchover, Tags } from './patroni.ts'
import type { Problem } from './reading.ts'
import type { HaproxyBackend, PostgresStatus } from './readings.ts'
import type { LeadClaim } from '#domain/judgement/truth/lead-claim.ts'

/** The newest readings of one cluster merged into one picture; every part carries when it was seen. */
export interface Snapshot {
  clusterId: string
  clusterName: string
  /** Grows by one with every snapshot of this cluster. */
  version: number
  takenAt: Date
  scope: string | null
  systemIdentifier: string | null
  /** Null = nobody holds the leader key, as far as can be seen. With `leaderSource` none: who led when last seen. */
  leader: Leader | null
  /** Who led before `leader`, or before the key was lost; null where never seen. */
  formerLeader: string | null
  /** Since when there has been no leader; null while there is one or it was never seen. */
  leaderlessSince: Date | null
  /** True where that was found so, not seen to begin: it has lasted longer. */
  isLeaderlessLonger: boolean
  /** Where the word on the leader comes from. */
  leaderSource: 'etcd' | 'members' | 'none'
  /** How old that word is; null = nobody ever said. */
  leaderSeenAt: Date | null
  /** Every member known, sorted by name; one that has gone stays for a month. */
  members: MemberSnapshot[]
  config: PatroniConfig | null
  pause: { since: Date } | null
  /** True where it was found paused, not seen to be paused: that has lasted longer. */
  isPausedLonger: boolean
  scheduledSwitchover: ScheduledSwitchover | null
  /** Names in /sync, or members that say they are synchronous. */
  syncStandbys: string[]
  /** The leader that wrote /sync: it too may lead again; null = /sync is empty. Without etcd, who led when last seen. */
  syncLeader: string | null
  /** How many votes an election needs in quorum mode; null where etcd is not seen. */
  syncQuorum: number | null
  isStandbyCluster: boolean
  /** The leader's WAL position as last published in the DCS: Patroni measures lag against it in an election. Null where etcd is not seen. */
  optimeLsn: number | null
  /** When this console first saw that position; null = it was there at the first look. */
  optimeSeenAt: Date | null
  /** Bytes the leader wrote per second between its last two looks; null while not known. */
  writeRate: number | null
  failsafeActive: boolean
  etcd: EtcdSnapshot | null
  haproxy: HaproxySnapshot | null
  history: HistoryLine[]
  /** Who leads by the word of each source beside the leader key; absent in what an earlier version of the console kept. */
  leadClaims?: LeadClaim[]
}

export interface Leader {
  name: string
  /** When this console saw it take the key; null = it already led when first seen. */
  since: Date | null
  /** A newer known start, from Patroni's history; null where unknown. */
  historySince: Date | null
}

export type MemberRole = 'leader' | 'standby_leader' | 'sync_standby' | 'quorum_standby' | 'replica' | 'unknown'

export interface MemberSnapshot {
  name: string
  host: string | null
  port: number | null
  apiUrl: string | null
  role: MemberRole
  /** Patroni's word (`running`, `streaming`, `stopped`, ...); 'unknown' where nothing was ever said. */
  state: string
  timeline: number | null
  /** True only when SQL says it is not in recovery (through Patroni or directly). Null = not known. */
  isWritable: boolean | null
  /** First look of those that found it writable with none between that found it not so; null = last known not writable. */
  writableSince: Date | null
  /** Newest look that found it writable; kept while `isWritable` is null. */
  writableSeenAt: Date | null
  /** Bytes behind the leader, at least: as much as the looks at both prove, else Patroni's own figure. */
  receiveLag: Lag | null
  /** Bytes behind at most, with all that the leader may have written between the looks; null where it cannot be bounded. */
  receiveLagAtMost: number | null
  replayLag: Lag | null
  lagObservedAt: Date | null
  /** Since when it has lastingly been further behind than maximum_lag_on_failover; cleared once lastingly below half, kept while unknown. */
  laggingSince: Date | null
  /** The looks that found it too far behind, in a run that others have not refuted. */
  lagEvidence: { since: Date; newestAt: Date } | null
  /** Newest WAL position it holds: written, received or replayed, whichever is furthest. */
  lsn: number | null
  /** Name of the member it streams from, where seen. */
  streamsFrom: string | null
  tags: Tags
  pendingRestart: boolean
  pendingRestartReason: Record<string, { oldValue: string; newValue: string }>
  patroniVersion: string | null
  serverVersion: number | null
  systemIdentifier: string | null
  postmasterStartedAt: Date | null
  watchdogFailed: boolean
  /** In the DCS or in a trustworthy /cluster answer now. */
  isListed: boolean
  /** Since when it has been on the roster only. */
  missingSince: Date | null
  /** Newest direct answer of its Patroni; null = never answered this console. */
  seenAt: Date | null
  /** Why its Patroni cannot be asked now. */
  problem: Problem | null
  /** What SQL on the member said last. */
  postgres: (PostgresStatus & { seenAt: Date }) | null
  postgresProblem: Problem | null
  pooler: { port: number; seenAt: Date | null; problem: Problem | null } | null
  /** Who this member itself takes for the leader, and when it last saw the DCS. */
  ownView: { leader: string | null; dcsLastSeenAt: Date | null; observedAt: Date } | null
}

export interface EtcdSnapshot {
  endpoints: { url: string; status: EtcdEndpointStatus | null; seenAt: Date | null; problem: Problem | null }[]
  /** Last proof of quorum by a linearizable read. */
  quorumSeenAt: Date | null
  quorumProblem: Problem | null
  keysSeenAt: Date | null
}

export interface HaproxySnapshot {
  backends: HaproxyBackend[]
  seenAt: Date | null
  problem: Problem | null
}
