import type { Sighting } from './sighting.ts'

/** What became of a request to move the lead, as far as can be seen. */
export type MoveJudgement =
  | { kind: 'moved'; to: string }
  /** Somebody else took the lead than was asked for. */
  | { kind: 'elsewhere'; to: string }
  /** Under way, or not yet long enough ago to say. */
  | { kind: 'open' }
  /** The same leader on the same timeline, nothing pending, and time enough has passed. */
  | { kind: 'nothing' }

/**
 * Judges by what is seen, never by a reply. A leader that is the same on a newer timeline lost the lead and took it again, or
 * crashed: that is never `nothing`.
 */
export function judgeMove(
  order: { leader: string; candidate: string | null; timeline: number | null },
  seen: Sighting,
  isSettled: boolean,
): MoveJudgement {
  const { dcs } = seen
  if (dcs === null || dcs.leader === null) return { kind: 'open' }
  if (dcs.leader !== order.leader) {
    const kind = order.candidate === null || dcs.leader === order.candidate ? 'moved' : 'elsewhere'
    return { kind, to: dcs.leader }
  }
  if (dcs.isMovePending === true || !isSettled) return { kind: 'open' }
  const leader = seen.members[order.leader]
  if (!leader || leader.state !== 'running') return { kind: 'open' }
  const isSameTimeline = order.timeline === null || leader.timeline === order.timeline
  return isSameTimeline ? { kind: 'nothing' } : { kind: 'open' }
}

/**
 * How long a request may take to show in what the console sees, ms. With etcd: until Patroni has asked the members (2 s each)
 * and written its failover key. Without: until it would have carried it out or dropped it (api.py poll_failover_result).
 */
export function settleMs(canSeePending: boolean, loopWaitSeconds: number): number {
  return canSeePending ? 10_000 : (2 * Math.max(10, loopWaitSeconds) + loopWaitSeconds) * 1000
}

/** How long to look for what became of a request whose answer does not say, ms: a lease and two loops, and the time to settle. */
export function resolveMs(config: { ttlSeconds: number; loopWaitSeconds: number } | null): number {
  const { ttlSeconds, loopWaitSeconds } = config ?? { ttlSeconds: 30, loopWaitSeconds: 10 }
  return Math.max((ttlSeconds + 2 * loopWaitSeconds) * 1000, settleMs(false, loopWaitSeconds) + 5_000)
}
