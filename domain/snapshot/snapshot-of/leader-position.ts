import type { ClusterReadings } from '#domain/snapshot/readings.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { isStale } from '#domain/snapshot/staleness.ts'
import type { DcsPicture } from './picture.ts'
import { furthestLsn } from './wal-position.ts'

/** How far the leader has written: what replicas are measured against. */
export interface LeaderPosition {
  lsn: number
  timeline: number | null
  observedAt: Date
  /** The look before, for measuring a replica that was read between the two. */
  earlier: { lsn: number; observedAt: Date } | null
  /** Bytes written per second between its last two looks; null while there was only one. */
  writeRate: number | null
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

/** Where the leader was at a moment: nowhere before `least`, and not beyond `most`. */
export interface Bounds {
  least: number
  most: number
}

/**
 * Where the leader was when a replica was read. Looks at the two are seconds apart, and on a busy cluster the writes between
 * would pass for lag. Writing comes in bursts, so nothing between two looks can be interpolated; but positions only grow, so
 * the looks bound it. Null where the leader's look came after the replica's and none is known before it.
 */
export function positionAt(leader: LeaderPosition, at: Date): Bounds | null {
  const aheadMs = leader.observedAt.getTime() - at.getTime()
  if (aheadMs <= 0) return { least: leader.lsn, most: leader.lsn + growth(leader, -aheadMs) }
  const { earlier } = leader
  if (earlier && earlier.observedAt <= at && earlier.lsn <= leader.lsn) return { least: earlier.lsn, most: leader.lsn }
  return aheadMs <= sameMomentMs ? { least: leader.lsn, most: leader.lsn } : null
}

const sameMomentMs = 50

/** A leader that is no longer heard has not written on and on. */
const longestGrowthMs = 4000

function growth({ writeRate }: LeaderPosition, ms: number): number {
  return Math.round(((writeRate ?? 0) * Math.min(ms, longestGrowthMs)) / 1000)
}

function toldPosition(previous: Snapshot | null, readings: ClusterReadings, leader: string): LeaderPosition | null {
  const status = readings.members.find((member) => member.name === leader)?.status.good
  const lsn = status ? furthestLsn(status.value.wal) : null
  if (!status || lsn === null) return null
  const { timeline } = status.value
  const before = previous?.members.find(({ name }) => name === leader)
  const isEarlier = before?.seenAt && before.seenAt < status.observedAt && before.timeline === timeline
  const earlier =
    isEarlier && before?.lsn != null && before.seenAt ? { lsn: before.lsn, observedAt: before.seenAt } : null
  return {
    lsn,
    timeline,
    observedAt: status.observedAt,
    earlier,
    writeRate: earlier ? rateBetween(earlier, { lsn, observedAt: status.observedAt }) : keptRate(previous, leader),
  }
}

type Look = NonNullable<LeaderPosition['earlier']>

function keptRate(previous: Snapshot | null, leader: string): number | null {
  return previous?.leader?.name === leader ? previous.writeRate : null
}

function rateBetween(from: Look, to: Look): number {
  return Math.max(0, to.lsn - from.lsn) / ((to.observedAt.getTime() - from.observedAt.getTime()) / 1000)
}

function publishedPosition(picture: DcsPicture, leader: string): LeaderPosition | null {
  if (picture.optimeLsn === null || !Number.isFinite(picture.optimeLsn)) return null
  const timeline = picture.members.get(leader)?.timeline ?? null
  return { lsn: picture.optimeLsn, timeline, observedAt: picture.seenAt, earlier: null, writeRate: null }
}
