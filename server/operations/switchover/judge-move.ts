import type { HistoryLine } from '#domain/snapshot/patroni.ts'
import type { Sighting } from '../lead/sighting.ts'

/** What was asked for, and what is known of the time before. */
export interface MoveOrder {
  leader: string
  candidate: string | null
  timeline: number | null
  /** A lead that moves there starts no timeline and writes no history. */
  isStandbyCluster: boolean
  /** Last timeline in Patroni's history before the request was sent; needed where the plan knows no timeline. */
  endedBefore: number | null
  /** The lead has been watched since before the request was sent: one that came and went would have been seen. */
  isWatched: boolean
}

/** What became of a request to move the lead, as far as can be seen. */
export type MoveJudgement =
  | { kind: 'moved'; to: string }
  /** Somebody else took the lead than was asked for. */
  | { kind: 'elsewhere'; to: string }
  /** Under way, or not yet long enough ago to say. */
  | { kind: 'open' }
  /** The same leader without a break, nothing pending, and time enough has passed. */
  | { kind: 'nothing' }
  /** The same leader leads again after a break; `by` led meanwhile, null where the history does not name anybody else. */
  | { kind: 'returned'; by: string | null; timeline: number }

/**
 * Judges by what is seen, never by a reply. A leader that is the same on a newer timeline lost the lead and took it again, or
 * crashed: that is never `nothing`, and Patroni's history tells which.
 */
export function judgeMove(order: MoveOrder, seen: Sighting, isSettled: boolean): MoveJudgement {
  const { dcs } = seen
  if (dcs === null || dcs.leader === null) return { kind: 'open' }
  if (dcs.leader !== order.leader) {
    const kind = order.candidate === null || dcs.leader === order.candidate ? 'moved' : 'elsewhere'
    return { kind, to: dcs.leader }
  }
  if (dcs.isMovePending === true || !isSettled) return { kind: 'open' }
  const leader = seen.members[order.leader]
  if (!leader || leader.state !== 'running') return { kind: 'open' }
  if (order.isStandbyCluster) return { kind: order.isWatched ? 'nothing' : 'open' }
  return judgeSameLeader(order, leader.timeline, dcs.history)
}

function judgeSameLeader(order: MoveOrder, timeline: number | null, history: HistoryLine[] | null): MoveJudgement {
  if (order.timeline !== null && timeline === order.timeline) return { kind: 'nothing' }
  const ended = order.timeline === null ? order.endedBefore : order.timeline - 1
  const since = ended === null || history === null ? null : history.filter((line) => line.timeline > ended)
  const last = since?.at(-1)
  if (since && last) {
    const by = since.find(({ newLeader }) => newLeader !== null && newLeader !== order.leader)?.newLeader ?? null
    return { kind: 'returned', by, timeline: last.timeline + 1 }
  }
  // On another timeline than the history ends with: it is written about a second after a promotion.
  return { kind: since !== null && order.timeline === null ? 'nothing' : 'open' }
}
