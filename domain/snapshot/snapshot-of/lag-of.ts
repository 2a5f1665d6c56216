import type { Lag } from '#domain/snapshot/patroni.ts'
import type { MemberReadings } from '#domain/snapshot/readings.ts'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import { isStale } from '#domain/snapshot/staleness.ts'
import { type LeaderPosition, positionAt } from './leader-position.ts'
import type { DcsPicture } from './picture.ts'
import { finite, furthestLsn } from './wal-position.ts'

type LagFacts = Pick<MemberSnapshot, 'receiveLag' | 'receiveLagAtMost' | 'replayLag' | 'lagObservedAt'>

/** What a replica's lag is made from. */
export interface LagQuestion {
  leader: LeaderPosition | null
  picture: DcsPicture | null
  name: string
  previous: MemberSnapshot | undefined
  reading: MemberReadings | undefined
  now: Date
}

/** A replica's lag: as much as two looks prove, else Patroni's figure, else unknown; never below 0, never NaN. */
export function lagOf(question: LagQuestion): LagFacts {
  return fromPositions(question) ?? fromDcs(question) ?? unknownLag
}

const unknownLag: LagFacts = {
  receiveLag: 'unknown',
  receiveLagAtMost: null,
  replayLag: 'unknown',
  lagObservedAt: null,
}

function fromPositions({ leader, picture, name, previous, reading, now }: LagQuestion): LagFacts | null {
  const status = reading?.status.good
  if (!leader || !status || isStale(status.observedAt, now)) return null
  const { wal, timeline } = status.value
  const at = status.observedAt
  if (wal?.kind === 'primary') return unknownLag
  if (wal?.kind !== 'standby') return null
  if (differ(timeline, leader.timeline)) return { ...unknownLag, lagObservedAt: at }
  const position = positionAt(leader, at)
  const own = furthestLsn(wal)
  if (position !== null) {
    return {
      receiveLag: behind(position.least, own),
      receiveLagAtMost: own === null ? null : Math.max(0, position.most - own),
      replayLag: behind(position.least, finite(wal.replayedLsn)),
      lagObservedAt: at,
    }
  }
  // The leader has moved on since this replica was read: what was measured then still stands.
  if (previous?.lagObservedAt?.getTime() === at.getTime()) {
    const { receiveLag, receiveLagAtMost, replayLag } = previous
    return { receiveLag, receiveLagAtMost, replayLag, lagObservedAt: at }
  }
  const optimeLsn = picture?.members.has(name) ? finite(picture.optimeLsn) : null
  const yardstick = optimeLsn ?? leader.lsn
  return {
    receiveLag: behind(yardstick, own),
    receiveLagAtMost: own === null ? null : Math.max(0, leader.lsn - own),
    replayLag: behind(yardstick, finite(wal.replayedLsn)),
    lagObservedAt: at,
  }
}

function fromDcs({ leader, picture, name }: LagQuestion): LagFacts | null {
  const listed = picture?.members.get(name)
  if (!picture || !listed || differ(listed.timeline, leader?.timeline ?? null)) return null
  if (listed.receiveLag !== null) {
    return {
      receiveLag: cleanLag(listed.receiveLag),
      receiveLagAtMost: null,
      replayLag: cleanLag(listed.replayLag ?? 'unknown'),
      lagObservedAt: picture.seenAt,
    }
  }
  if (!leader || listed.lsn === null) return null
  return {
    ...unknownLag,
    receiveLag: behind(leader.lsn, finite(listed.lsn)),
    lagObservedAt: picture.seenAt,
  }
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
