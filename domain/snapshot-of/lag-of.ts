import type { Lag, PatroniStatus } from '../patroni.ts'
import type { ClusterReadings, MemberReadings } from '../readings.ts'
import type { MemberSnapshot } from '../snapshot.ts'
import { isStale } from '../staleness.ts'
import type { DcsPicture } from './picture.ts'

/** How far the leader has written: what replicas are measured against. */
export interface LeaderPosition {
  lsn: number
  timeline: number | null
  observedAt: Date
}

type LagFacts = Pick<MemberSnapshot, 'receiveLag' | 'replayLag' | 'lagObservedAt'>

/**
 * The leader's own word while fresh; once it is silent, the further of its last word and its last publication in the DCS,
 * because a leader's position only grows. Null where neither is known.
 */
export function leaderPositionOf(
  readings: ClusterReadings,
  picture: DcsPicture | null,
  now: Date,
): LeaderPosition | null {
  if (!picture?.leader) return null
  const told = toldPosition(readings, picture.leader)
  if (told && !isStale(told.observedAt, now)) return told
  const published = publishedPosition(picture, picture.leader)
  if (!told || !published) return told ?? published
  return told.lsn > published.lsn ? told : published
}

/** A replica's lag: from positions read at about the same time, else Patroni's figure, else unknown; never below 0, never NaN. */
export function lagOf(given: {
  leader: LeaderPosition | null
  picture: DcsPicture | null
  name: string
  reading: MemberReadings | undefined
  now: Date
}): LagFacts {
  return (
    fromPositions(given.leader, given.reading, given.now) ??
    fromDcs(given.leader, given.picture, given.name) ??
    unknownLag
  )
}

/** The furthest WAL position a member holds: written by a primary, received or replayed by a standby. */
export function furthestLsn(wal: PatroniStatus['wal']): number | null {
  if (!wal) return null
  if (wal.kind === 'primary') return finite(wal.lsn)
  const received = finite(wal.receivedLsn)
  const replayed = finite(wal.replayedLsn)
  if (received === null || replayed === null) return received ?? replayed
  return Math.max(received, replayed)
}

const unknownLag: LagFacts = { receiveLag: 'unknown', replayLag: 'unknown', lagObservedAt: null }

/** Further apart, two looks measure the writes of the time between them, not the lag. */
const comparableWithinMs = 2500

function toldPosition(readings: ClusterReadings, leader: string): LeaderPosition | null {
  const status = readings.members.find((member) => member.name === leader)?.status.good
  const lsn = status ? furthestLsn(status.value.wal) : null
  if (!status || lsn === null) return null
  return { lsn, timeline: status.value.timeline, observedAt: status.observedAt }
}

function publishedPosition(picture: DcsPicture, leader: string): LeaderPosition | null {
  if (picture.optimeLsn === null || !Number.isFinite(picture.optimeLsn)) return null
  return {
    lsn: picture.optimeLsn,
    timeline: picture.members.get(leader)?.timeline ?? null,
    observedAt: picture.seenAt,
  }
}

function fromPositions(leader: LeaderPosition | null, reading: MemberReadings | undefined, now: Date): LagFacts | null {
  const status = reading?.status.good
  if (!leader || !status || isStale(status.observedAt, now)) return null
  const { wal, timeline } = status.value
  if (wal?.kind === 'primary') return unknownLag
  if (wal?.kind !== 'standby') return null
  if (differ(timeline, leader.timeline)) return { ...unknownLag, lagObservedAt: status.observedAt }
  if (leader.observedAt.getTime() - status.observedAt.getTime() > comparableWithinMs) return null
  return {
    receiveLag: behind(leader.lsn, furthestLsn(wal)),
    replayLag: behind(leader.lsn, finite(wal.replayedLsn)),
    lagObservedAt: status.observedAt,
  }
}

function fromDcs(leader: LeaderPosition | null, picture: DcsPicture | null, name: string): LagFacts | null {
  const listed = picture?.members.get(name)
  if (!picture || !listed || differ(listed.timeline, leader?.timeline ?? null)) return null
  if (listed.receiveLag !== null) {
    return {
      receiveLag: cleanLag(listed.receiveLag),
      replayLag: cleanLag(listed.replayLag ?? 'unknown'),
      lagObservedAt: picture.seenAt,
    }
  }
  if (!leader || listed.lsn === null) return null
  return { receiveLag: behind(leader.lsn, finite(listed.lsn)), replayLag: 'unknown', lagObservedAt: picture.seenAt }
}

/** Positions on different timelines are not comparable; an unknown timeline is given the benefit of the doubt. */
function differ(a: number | null, b: number | null): boolean {
  return a !== null && b !== null && a !== b
}

function behind(leaderLsn: number, lsn: number | null): Lag {
  return lsn === null ? 'unknown' : Math.max(0, leaderLsn - lsn)
}

function cleanLag(lag: Lag): Lag {
  return typeof lag === 'number' && Number.isFinite(lag) ? Math.max(0, lag) : 'unknown'
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null
}
