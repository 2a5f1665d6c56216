import { judgeCandidates } from '#domain/judgement/candidates.ts'
import { leaderTimelineOf } from '#domain/judgement/candidate-fitness.ts'
import { interruptionOf } from './plan-switchover/interruption.ts'
import { blockersOf } from './plan-switchover/blockers.ts'
import type { SwitchoverWish } from './plan-switchover/planning.ts'
import { sentencesOf } from './plan-switchover/sentences.ts'
import { warningsOf } from './plan-switchover/warnings.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { SwitchoverPlan } from './switchover-plan.ts'

/** What a switchover would do, what it would cost and what stands in its way, as of this snapshot. */
export function planSwitchover(snapshot: Snapshot, wish: SwitchoverWish): SwitchoverPlan {
  const candidates = judgeCandidates(snapshot, wish.now, 'switchover')
  const given = { snapshot, wish, candidates, leader: snapshot.leader?.name ?? null }
  return {
    version: 1,
    kind: wish.kind,
    clusterId: snapshot.clusterId,
    clusterName: snapshot.clusterName,
    leader: given.leader ?? '',
    ...targetOf(snapshot, wish),
    timeline: leaderTimelineOf(snapshot),
    systemIdentifier: snapshot.systemIdentifier,
    snapshotVersion: snapshot.version,
    madeAt: wish.now,
    candidates,
    sentences: sentencesOf(given),
    interruption: interruptionOf(given),
    blockers: blockersOf(given),
    warnings: warningsOf(given),
    pointOfNoReturn: pointsOfNoReturn[wish.kind],
  }
}

/** What is to happen when; a cancellation means the schedule that stands, whatever may replace it later. */
function targetOf(
  { scheduledSwitchover: standing }: Snapshot,
  { kind, candidate, scheduledAt }: SwitchoverWish,
): Pick<SwitchoverPlan, 'candidate' | 'scheduledAt'> {
  if (kind !== 'cancel-scheduled-switchover' || scheduledAt !== null || standing === null) {
    return { candidate, scheduledAt }
  }
  return { candidate: standing.to, scheduledAt: standing.at }
}

const pointsOfNoReturn = {
  switchover: 'Once Patroni has taken the request it cannot be called back. Going back means a second switchover.',
  'schedule-switchover': 'Until its time comes it can be cancelled. Then it runs without asking again.',
  'cancel-scheduled-switchover': 'None: it can be scheduled again.',
} as const satisfies Record<SwitchoverPlan['kind'], string>
