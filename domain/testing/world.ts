import type { PatroniConfig, ScheduledSwitchover, Tags } from '#domain/snapshot/patroni.ts'
import type { ProblemKind } from '#domain/snapshot/reading.ts'

/** A make-believe cluster as it truly is; readings are derived from it, so that they never contradict each other by accident. */
export interface World {
  at: Date
  /** Holder of the leader key; null = the key is absent. */
  leader: string | null
  leaderChangedAt: Date
  members: WorldMember[]
  config: PatroniConfig
  optimeLsn: number
  scheduledSwitchover: ScheduledSwitchover | null
  /** Names in /sync; null = the key is absent. */
  sync: string[] | null
  /** The leader that /sync names, where it is not the present one. */
  syncLeader: string | null
  systemIdentifier: string
  history: { timeline: number; newLeader: string; endedAt: Date }[]
  etcd: 'none' | 'up' | 'no-quorum' | { problem: ProblemKind; since: Date }
  etcdDown: string[]
  /** An alarm that one etcd member has raised; all of them tell it. */
  etcdAlarm: { name: string; kind: string } | null
  /** Since when no member reaches the DCS; they close `/cluster` some seconds later. */
  membersLostDcsAt: Date | null
  haproxy: 'none' | { primary: string[]; replicas: string[] } | { problem: ProblemKind; since: Date }
  hasSql: boolean
  /** False = no look at anything has ever succeeded, so members are known by address only. */
  wasEverSeen: boolean
}

export interface WorldMember {
  name: string
  host: string
  patroniVersion: string
  state: string
  /** What Postgres itself does; null = it does not answer. */
  postgres: 'primary' | 'standby' | null
  timeline: number
  lsn: number
  replayedLsn: number
  streamsFrom: string | null
  isListed: boolean
  /** State in its member key, where that lags behind the truth. */
  listedState: string | null
  tags: Tags
  pendingRestart: Record<string, { oldValue: string; newValue: string }> | null
  failsafeActive: boolean
  watchdogFailed: boolean
  systemIdentifier: string | null
  /** Why its Patroni does not answer, and since when; null = it answers. */
  rest: { problem: ProblemKind; since: Date } | null
  /** Why SQL does not answer; only asked where the console has SQL. */
  sql: { problem: ProblemKind; since: Date } | null
  /** A leader of its own belief, where it has lost the DCS; `last` = when it last saw it. */
  isolated: { leader: string | null; last: Date } | null
  poolerDownSince: Date | null
  longestTransactionSeconds: number | null
  backupRunning: boolean
}

/** Three members on timeline 4, pg-node-3 leading for days, all well, etcd and HAProxy in sight. */
export function healthyWorld(at: Date): World {
  return {
    at,
    leader: 'pg-node-3',
    leaderChangedAt: secondsBefore(at, 3600),
    members: [member('pg-node-1', 10), member('pg-node-2', 11), { ...member('pg-node-3', 12), ...asLeader }],
    config: {
      ttlSeconds: 30,
      loopWaitSeconds: 10,
      retryTimeoutSeconds: 10,
      maximumLagOnFailoverBytes: 1_048_576,
      synchronousMode: false,
      synchronousModeStrict: false,
      checkTimeline: false,
      failsafeMode: false,
      pause: false,
      standbyCluster: false,
      primaryStartTimeoutSeconds: 300,
    },
    optimeLsn: baseLsn,
    scheduledSwitchover: null,
    sync: null,
    syncLeader: null,
    systemIdentifier: '7711258502852368380',
    history: [{ timeline: 3, newLeader: 'pg-node-3', endedAt: secondsBefore(at, 532_800) }],
    etcd: 'up',
    etcdDown: [],
    etcdAlarm: null,
    membersLostDcsAt: null,
    haproxy: { primary: ['pg-node-3'], replicas: ['pg-node-1', 'pg-node-2'] },
    hasSql: true,
    wasEverSeen: true,
  }
}

/** A position all members of a healthy world have reached. */
export const baseLsn = 184_549_816

/** What makes a member of a healthy world its leader. */
export const asLeader = { state: 'running', postgres: 'primary', streamsFrom: null } as const

export function secondsBefore(at: Date, seconds: number): Date {
  return new Date(at.getTime() - seconds * 1000)
}

function member(name: string, lastByte: number): WorldMember {
  return {
    name,
    host: `10.0.1.${lastByte}`,
    patroniVersion: '3.3.2',
    state: 'streaming',
    postgres: 'standby',
    timeline: 4,
    lsn: baseLsn,
    replayedLsn: baseLsn,
    streamsFrom: 'pg-node-3',
    isListed: true,
    listedState: null,
    tags: {},
    pendingRestart: null,
    failsafeActive: false,
    watchdogFailed: false,
    systemIdentifier: '7711258502852368380',
    rest: null,
    sql: null,
    isolated: null,
    poolerDownSince: null,
    longestTransactionSeconds: null,
    backupRunning: false,
  }
}
