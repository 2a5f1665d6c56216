import type { Lag, PatroniConfig, ScheduledSwitchover, Tags } from '#domain/snapshot/patroni.ts'
import type { MemberRole } from '#domain/snapshot/snapshot.ts'

/** What the DCS says of the cluster: read from etcd itself, or told by members whose view of it can be trusted. */
export interface DcsPicture {
  source: 'etcd' | 'members'
  seenAt: Date
  leader: string | null
  /** When the leader key took its present value, where that was watched. */
  leaderChangedAt: Date | null
  members: Map<string, ListedMember>
  config: PatroniConfig | null
  isPaused: boolean
  scheduledSwitchover: ScheduledSwitchover | null
  syncStandbys: string[]
  syncLeader: string | null
  syncQuorum: number | null
  optimeLsn: number | null
}

/** One member as the DCS lists it. */
export interface ListedMember {
  name: string
  apiUrl: string | null
  host: string | null
  port: number | null
  role: MemberRole
  state: string
  timeline: number | null
  lsn: number | null
  receiveLag: Lag | null
  replayLag: Lag | null
  pendingRestart: boolean
  tags: Tags
  patroniVersion: string | null
}
