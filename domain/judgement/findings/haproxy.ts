import type { Finding } from '#domain/judgement/finding.ts'
import { forAge } from '#domain/format.ts'
import { answers, answersUnusably, isGone } from '#domain/snapshot/reachability.ts'
import { writeRouteOf } from '#domain/snapshot/route.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { claimOf } from '#domain/judgement/truth/lead-claim.ts'
import { settleMs, standingOf, standsFor } from '#domain/judgement/truth/standing.ts'
import { listNames } from '#domain/words.ts'
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
  if (!route || leader.kind !== 'working' || standsFor(snapshot, now) < settleMs.haproxy) return []
  if (snapshot.isStandbyCluster) return []
  const { name } = leader.member
  // A target that fits no member may be the leader by another name.
  if (!route.isKnown) return []
  if (route.targets.length === 0) return [noPrimary(route.backend, name)]
  if (standingOf(claimOf(snapshot, 'haproxy'), [name], snapshot, now) !== 'disagrees') return []
  return [disagrees(route.targets, snapshot, now)]
}

/** Only a fresh word of its own says that. */
function isReadOnly(name: string, { members }: Snapshot, now: Date): boolean {
  const member = members.find((other) => other.name === name)
  return member !== undefined && member.isWritable === false && answers(member, now)
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

function disagrees(targets: string[], snapshot: Snapshot, now: Date): Finding {
  const leader = snapshot.leader?.name ?? 'nobody'
  const others = targets.filter((name) => name !== leader)
  const readOnly = others.every((name) => isReadOnly(name, snapshot, now))
  const which = readOnly ? `, which ${others.length === 1 ? 'is' : 'are'} read-only` : ''
  return {
    kind: 'haproxy-disagrees',
    severity: 'critical',
    member: null,
    sentence: targets.includes(leader)
      ? `HAProxy sends writes to ${listNames(others)}${which}, as well as to the leader ${leader}.`
      : `HAProxy sends writes to ${listNames(others)}${which}, not to the leader ${leader}.`,
    advice:
      "See what HAProxy checks: it must ask each member's REST for /primary, and shut sessions of a server that goes down.",
  }
}
