import type { ClusterReadings } from '../readings.ts'
import type { Snapshot } from '../snapshot.ts'
import { isStale } from '../staleness.ts'
import type { DcsPicture } from './picture.ts'
import { furthestLsn } from './wal-position.ts'

/** How far the leader has written: what replicas are measured against. */
export interface LeaderPosition {
  lsn: number
  timeline: number | null
  observedAt: Date
  /** The look before, for measuring a replica that was read between the two. */
  earlier: { lsn: number; observedAt: Date } | null
}

/**
 * The leader's own word while fresh; once it is silent, the further of its last word and its last publication in the DCS,
 * because a leader's position only grows. Null where neither is known.
 */
export function leaderPositionOf(
  previous: Snapshot | null,
  readings: ClusterReadings,
  picture: DcsPicture | null,
  now: Date,
): LeaderPosition | null {
  if (!picture?.leader) return null
  const told = toldPosition(previous, readings, picture.leader)
  if (told && !isStale(told.observedAt, now)) return told
  const published = publishedPosition(picture, picture.leader)
  if (!told || !published) return told ?? published
  return told.lsn > published.lsn ? told : published
}

/**
 * Where the leader was when a replica was read. Looks at the two are seconds apart, and on a busy cluster the writes between
 * would pass for lag: so it is interpolated between two looks. Null where the leader's look came well after the replica's.
 */
export function positionAt(leader: LeaderPosition, at: Date): number | null {
  const aheadMs = leader.observedAt.getTime() - at.getTime()
  if (aheadMs <= sameMomentMs) return leader.lsn
  const { earlier } = leader
  if (!earlier || earlier.observedAt > at) return null
  const spanMs = leader.observedAt.getTime() - earlier.observedAt.getTime()
  if (spanMs > longestSpanMs || earlier.lsn > leader.lsn) return null
  return Math.round(leader.lsn - ((leader.lsn - earlier.lsn) * aheadMs) / spanMs)
}

const sameMomentMs = 50

/** Over a longer span the rate of writing says little of a moment within it. */
const longestSpanMs = 10_000

function toldPosition(previous: Snapshot | null, readings: ClusterReadings, leader: string): LeaderPosition | null {
  const status = readings.members.find((member) => member.name === leader)?.status.good
  const lsn = status ? furthestLsn(status.value.wal) : null
  if (!status || lsn === null) return null
  const { timeline } = status.value
  const before = previous?.members.find(({ name }) => name === leader)
  const isEarlier = before?.seenAt && before.seenAt < status.observedAt && before.timeline === timeline
  return {
    lsn,
    timeline,
    observedAt: status.observedAt,
    earlier: isEarlier && before?.lsn != null && before.seenAt ? { lsn: before.lsn, observedAt: before.seenAt } : null,
  }
}

function publishedPosition(picture: DcsPicture, leader: string): LeaderPosition | null {
  if (picture.optimeLsn === null || !Number.isFinite(picture.optimeLsn)) return null
  const timeline = picture.members.get(leader)?.timeline ?? null
  return { lsn: picture.optimeLsn, timeline, observedAt: picture.seenAt, earlier: null }
}
