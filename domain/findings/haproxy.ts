import type { Finding } from '../finding.ts'
import { forAge } from '../format.ts'
import { answersUnusably, isGone } from '../reachability.ts'
import { writeRouteOf } from '../route.ts'
import type { Snapshot } from '../snapshot.ts'
import { listNames } from '../words.ts'
import type { JudgedCase } from './judged-case.ts'

/** Whether clients that come through HAProxy reach the leader. */
export function haproxyFindings({ snapshot, now, leader }: JudgedCase): Finding[] {
  const { haproxy } = snapshot
  if (!haproxy) return []
  if (isGone(haproxy.problem, now)) {
    return [
      {
        kind: 'haproxy-unseen',
        severity: 'warning',
        member: null,
        sentence: `HAProxy's statistics have ${answersUnusably(haproxy.problem) ? 'given no usable answer' : 'not answered'}${forAge(haproxy.problem?.since, now)}: where clients are sent cannot be seen.`,
        advice: haproxy.problem?.sentence ?? 'See whether HAProxy runs.',
      },
    ]
  }
  const route = writeRouteOf(snapshot)
  // Its checks take seconds to notice a new leader; without a leader there is nothing to agree with.
  if (!route || leader.kind !== 'working' || ledForLessThan(snapshot, now, settleMs)) return []
  if (snapshot.isStandbyCluster) return []
  const { name } = leader.member
  // A target that fits no member may be the leader by another name.
  if (!route.isKnown) return []
  if (route.targets.length === 0) return [noPrimary(route.backend, name)]
  if (route.targets.length === 1 && route.targets[0] === name) return []
  return [disagrees(route.targets, name)]
}

/** Three checks of three seconds, and as much again for our own look. */
const settleMs = 18_000

function ledForLessThan(snapshot: Snapshot, now: Date, ms: number): boolean {
  const since = snapshot.leader?.since
  return since !== null && since !== undefined && now.getTime() - since.getTime() < ms
}

function noPrimary(backend: string, leader: string): Finding {
  return {
    kind: 'haproxy-no-primary',
    severity: 'critical',
    member: null,
    sentence: `HAProxy sends writes to nobody: its backend ${backend} has no server up.`,
    advice: `See what HAProxy's check of ${leader} says on its statistics page: it asks the member's REST address, so that must answer.`,
  }
}

function disagrees(targets: string[], leader: string): Finding {
  return {
    kind: 'haproxy-disagrees',
    severity: 'critical',
    member: null,
    sentence: targets.includes(leader)
      ? `HAProxy sends writes to ${listNames(targets.filter((name) => name !== leader))} as well as to the leader ${leader}.`
      : `HAProxy sends writes to ${listNames(targets)} instead of to the leader ${leader}.`,
    advice:
      "See what HAProxy checks: it must ask each member's REST for /primary, and shut sessions of a server that goes down.",
  }
}
