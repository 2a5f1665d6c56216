import type { FailoverPlan } from './failover-plan.ts'
import { lastTimelineOf } from '#domain/snapshot/last-timeline.ts'
import { leaderStateOf } from '#domain/judgement/leader-state.ts'
import { failoverBarrier, failoverBlockers } from './plan-failover/blockers.ts'
import { failoverCandidates } from './plan-failover/candidates.ts'
import { failoverLoss } from './plan-failover/loss.ts'
import type { FailoverPlanning, FailoverWish } from './plan-failover/planning.ts'
import { failoverSentences } from './plan-failover/sentences.ts'
import { failoverWarnings } from './plan-failover/warnings.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'

/** What a failover to the named member would do, what it would lose and what stands in its way, as of this snapshot. */
export function planFailover(snapshot: Snapshot, wish: FailoverWish): FailoverPlan {
  const given = planningOf(snapshot, wish)
  const former = snapshot.members.find(({ name }) => name === given.formerLeader)
  return {
    version: 1,
    kind: 'failover',
    clusterId: snapshot.clusterId,
    clusterName: snapshot.clusterName,
    leader: given.leader ?? '',
    candidate: wish.candidate,
    formerLeader: given.formerLeader,
    writesSeenAt: former?.writableSeenAt ?? null,
    timeline: lastTimelineOf(snapshot),
    systemIdentifier: snapshot.systemIdentifier,
    snapshotVersion: snapshot.version,
    madeAt: wish.now,
    candidates: given.candidates,
    loss: failoverLoss(given),
    sentences: failoverSentences(given),
    blockers: failoverBlockers(given),
    warnings: failoverWarnings(given),
    pointOfNoReturn:
      'Once Patroni has taken the request it cannot be called back. What the named member does not hold is gone from the cluster then.',
  }
}

/** Why no failover is to be made now, whoever would be named; null where one can be. The cluster must be in clear sight. */
export function whyNoFailover(snapshot: Snapshot, now: Date): string | null {
  const given = planningOf(snapshot, { candidate: null, now })
  const { lead } = given
  // Whoever takes writes without the key may itself be named.
  const candidate = lead.kind === 'none' ? (lead.writer?.name ?? null) : null
  return failoverBarrier({ ...given, wish: { candidate, now } })
}

function planningOf(snapshot: Snapshot, wish: FailoverWish): FailoverPlanning {
  const leader = snapshot.leader?.name ?? null
  return {
    snapshot,
    wish,
    lead: leaderStateOf(snapshot, wish.now),
    leader,
    formerLeader: leader ?? snapshot.formerLeader,
    candidates: failoverCandidates(snapshot, wish.now),
  }
}
