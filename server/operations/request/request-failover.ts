import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { planFailover } from '#domain/plan/plan-failover.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import type { Store } from '#server/store/open.ts'
import { driftOf, type Expected } from '../engine/drift.ts'
import { targetOf } from '../engine/end.ts'
import { nameFaults, reasonFaults, refuseFaults } from './refuse-faults.ts'
import { type ApprovalWish, requestOperation } from './request-operation.ts'

export interface FailoverRequest {
  actor: AuditRecord['actor']
  cluster: Pick<ClusterConfig, 'id' | 'name'>
  /** Who shall lead. */
  candidate: string
  reason: string
  /** The cluster's name as typed by whoever asks. */
  confirmName: string
  /** What the plan on the screen was made for; its leader is empty where nobody led. */
  expected: Expected
  /** Made by the client: the same key of the same actor is the same request. */
  idempotencyKey: string | null
  /** Asks for the approval of others, or acts alone. */
  approval?: ApprovalWish | undefined
}

/** Asks for a named member to be made the leader where nobody works as one. Throws AppError `invalid` by field, and RecordedError. */
export async function requestFailover(store: Store, request: FailoverRequest): Promise<Operation> {
  refuseFaults([...reasonFaults(request.reason), ...nameFaults(request.confirmName, request.cluster)])
  const { actor, cluster, candidate, reason, expected, idempotencyKey, approval } = request
  return requestOperation(store, {
    actor,
    cluster,
    kind: 'failover',
    reason,
    idempotencyKey,
    approval,
    action: 'failover.request',
    target: targetOf({ clusterName: cluster.name, plan: { leader: expected.leader, candidate } }),
    asked: { candidate, expected },
    isSameWish: ({ plan }) => plan.kind === 'failover' && plan.candidate === candidate,
    plan({ snapshot, now }) {
      const plan = planFailover(snapshot, { candidate, now })
      return Promise.resolve({ plan, drift: driftOf(plan, expected) })
    },
  })
}
