import type { DcsKeys } from '#domain/snapshot/dcs.ts'
import type { HistoryLine, PatroniStatus } from '#domain/snapshot/patroni.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { isStale } from '#domain/snapshot/staleness.ts'

/** What is seen at one moment while the lead moves; null = not seen (yet). */
export interface Sighting {
  dcs: DcsSight | null
  members: Readonly<Record<string, MemberSight | null>>
}

export interface DcsSight {
  leader: string | null
  /** A switchover or failover waits to be carried out; null = this console cannot see. */
  isMovePending: boolean | null
  /** Timelines that ended, oldest first; null = not read. */
  history: HistoryLine[] | null
}

export interface MemberSight {
  /** The member was as told at some moment between these two. */
  askedAt: Date
  at: Date
  state: string
  isReplica: boolean
  isWritable: boolean
  timeline: number | null
}

/** By SQL evidence alone: health codes say 200 while the postmaster is dead. */
export function sightOfMember(
  status: PatroniStatus,
  { askedAt, at }: Pick<MemberSight, 'askedAt' | 'at'>,
): MemberSight {
  return {
    askedAt,
    at,
    state: status.state,
    isReplica: status.wal?.kind === 'standby' || status.role === 'replica',
    isWritable: status.wal?.kind === 'primary' && status.state === 'running',
    timeline: status.timeline,
  }
}

/** What etcd says of the lead: who has it, whether a move of now is asked for, and the timelines so far. */
export function sightOfKeys(keys: DcsKeys): DcsSight {
  const isMovePending = keys.failover !== null && keys.failover.scheduledAt === null
  return { leader: keys.leader, isMovePending, history: keys.history }
}

/** Without etcd, the word of the members; the key of a switchover under way cannot be seen so. */
export function sightOfSnapshot(snapshot: Snapshot | null, now: Date): DcsSight | null {
  if (snapshot === null || snapshot.leaderSource === 'none' || isStale(snapshot.leaderSeenAt, now)) return null
  return { leader: snapshot.leader?.name ?? null, isMovePending: null, history: null }
}
