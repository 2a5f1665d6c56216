import { judgeCandidates } from './candidates.ts'
import type { Snapshot } from './snapshot.ts'
import type { SwitchoverPlan } from './switchover-plan.ts'

/** What a switchover would do, what it would cost and what stands in its way, as of this snapshot. */
export function planSwitchover(
  snapshot: Snapshot,
  given: { kind: SwitchoverPlan['kind']; candidate: string | null; scheduledAt: Date | null; now: Date },
): SwitchoverPlan {
  return {
    version: 1,
    kind: given.kind,
    clusterId: snapshot.clusterId,
    clusterName: snapshot.clusterName,
    leader: snapshot.leader?.name ?? '',
    candidate: given.candidate,
    scheduledAt: given.scheduledAt,
    timeline: snapshot.members.find((member) => member.name === snapshot.leader?.name)?.timeline ?? null,
    systemIdentifier: snapshot.systemIdentifier,
    snapshotVersion: snapshot.version,
    madeAt: given.now,
    candidates: judgeCandidates(snapshot, given.now, 'switchover'),
    sentences: [],
    interruption: { fromMs: 1400, toMs: 3000, reasons: [] },
    blockers: [],
    warnings: [],
    pointOfNoReturn: '',
  }
}
