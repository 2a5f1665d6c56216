import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { isSwitchoverPlan } from '#domain/plan/plan.ts'
import { planSwitchover } from '#domain/plan/plan-switchover.ts'
import { runningBackupOf } from '#domain/backup/running-backup.ts'
import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import type { Store } from '#server/store/open.ts'
import { readActiveOperation } from '#server/store/operations.ts'
import { driftOf, type Expected } from '../engine/drift.ts'
import { targetOf } from '../engine/end.ts'
import { nameFaults, reasonFaults, refuseFaults } from './refuse-faults.ts'
import { type ApprovalWish, requestOperation } from './request-operation.ts'

export interface SwitchoverRequest {
  actor: AuditRecord['actor']
  cluster: Pick<ClusterConfig, 'id' | 'name'>
  kind: SwitchoverPlan['kind']
  candidate: string | null
  scheduledAt: Date | null
  reason: string
  /** The cluster's name as typed by whoever asks. */
  confirmName: string
  /** What the plan on the screen was made for. */
  expected: Expected
  /** Made by the client: the same key of the same actor is the same request. */
  idempotencyKey: string | null
  /** Asks for the approval of others, or acts alone. */
  approval?: ApprovalWish | undefined
}

/** Asks for the lead to be moved, now or at a time. Throws AppError `invalid` by field, and RecordedError. */
export async function requestSwitchover(store: Store, request: SwitchoverRequest): Promise<Operation> {
  refuseFaults([...reasonFaults(request.reason), ...nameFaults(request.confirmName, request.cluster)])
  const { actor, cluster, kind, candidate, scheduledAt, reason, expected, idempotencyKey, approval } = request
  return requestOperation(store, {
    actor,
    cluster,
    kind,
    reason,
    idempotencyKey,
    approval,
    action: 'switchover.request',
    target: targetOf({ clusterName: cluster.name, plan: { leader: expected.leader, candidate } }),
    asked: { kind, candidate, scheduledAt, expected },
    isSameWish: (known) => isSameWish(request, known),
    async plan({ tx, snapshot, now }) {
      const backup = runningBackupOf(await readActiveOperation(tx, cluster.id, 'backup'))
      const plan = planSwitchover(snapshot, { kind, candidate, scheduledAt, backup, now })
      return { plan, drift: driftOf(plan, expected) }
    },
  })
}

function isSameWish({ kind, candidate, scheduledAt }: SwitchoverRequest, { plan }: Operation): boolean {
  if (!isSwitchoverPlan(plan)) return false
  const isSameTime = scheduledAt?.getTime() === plan.scheduledAt?.getTime()
  // A cancellation may leave open which schedule it means; its plan names it.
  const isOpen = kind === 'cancel-scheduled-switchover' && scheduledAt === null
  return (candidate === plan.candidate && isSameTime) || isOpen
}
