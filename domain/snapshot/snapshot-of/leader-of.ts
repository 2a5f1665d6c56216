import type { HistoryLine } from '#domain/snapshot/patroni.ts'
import type { Leader, Snapshot } from '#domain/snapshot/snapshot.ts'
import type { DcsPicture } from './picture.ts'

type LeaderFacts = Pick<
  Snapshot,
  'leader' | 'formerLeader' | 'leaderlessSince' | 'isLeaderlessLonger' | 'leaderSource' | 'leaderSeenAt'
>

/** Who leads by the DCS's word; where there is no word now, who led when last seen, marked with source `none`. */
export function leaderOf(
  previous: Snapshot | null,
  picture: DcsPicture | null,
  history: HistoryLine[],
  now: Date,
): LeaderFacts {
  if (!picture) {
    return {
      leader: previous?.leader ?? null,
      formerLeader: previous?.formerLeader ?? null,
      leaderlessSince: previous?.leaderlessSince ?? null,
      isLeaderlessLonger: previous?.isLeaderlessLonger ?? false,
      leaderSource: 'none',
      leaderSeenAt: previous?.leaderSeenAt ?? null,
    }
  }
  const before = previous?.leader ?? null
  const isSame = before !== null && before.name === picture.leader
  return {
    leader: picture.leader === null ? null : namedLeader(picture.leader, previous, picture, history, now),
    formerLeader: isSame || before === null ? (previous?.formerLeader ?? null) : before.name,
    leaderlessSince: picture.leader === null ? leaderlessSince(previous, picture, now) : null,
    isLeaderlessLonger: picture.leader === null && isLonger(previous),
    leaderSource: picture.source,
    leaderSeenAt: picture.seenAt,
  }
}

function namedLeader(
  name: string,
  previous: Snapshot | null,
  picture: DcsPicture,
  history: HistoryLine[],
  now: Date,
): Leader {
  const before = previous?.leader ?? null
  const historySince = leadSince(name, history)
  if (before?.name === name) return { name, since: before.since, historySince }
  return { name, since: wasWatched(previous) ? (picture.leaderChangedAt ?? now) : null, historySince }
}

function leaderlessSince(previous: Snapshot | null, picture: DcsPicture, now: Date): Date {
  return previous?.leaderlessSince ?? picture.leaderChangedAt ?? now
}

function isLonger(previous: Snapshot | null): boolean {
  return previous?.leaderlessSince ? previous.isLeaderlessLonger : !wasWatched(previous)
}

/** True where the DCS could be seen before, so that what is new now has begun since. */
export function wasWatched(previous: Snapshot | null): previous is Snapshot {
  return previous !== null && previous.leaderSource !== 'none'
}

/** When the member's present lead began, by Patroni's history: timelines it opened in a row without another leader between. */
function leadSince(name: string, history: HistoryLine[]): Date | null {
  let since: Date | null = null
  for (const line of history.toReversed()) {
    if (line.newLeader !== name) break
    since = line.endedAt ?? since
  }
  return since
}
