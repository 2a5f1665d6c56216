import { isDeepStrictEqual } from 'node:util'
import type { AgentSight } from '#domain/plan/backup-plan.ts'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { planRehearsal } from '#domain/plan/plan-rehearsal.ts'
import type { RehearsalPlan, RehearsalWish } from '#domain/plan/rehearsal-plan.ts'
import type { PastRestore } from '#domain/plan/restore-plan.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { readBackups } from '#server/store/backup-view.ts'
import type { Store } from '#server/store/open.ts'
import { readActiveOperation } from '#server/store/operations.ts'
import { holdLanes } from '../engine/hold-lanes.ts'
import { reasonFaults, refuseFaults } from './refuse-faults.ts'
import { type ApprovalWish, requestOperation } from './request-operation.ts'
import { isSameTarget } from '../restore/aim.ts'

export interface RehearsalRequest {
  actor: AuditRecord['actor']
  cluster: Pick<ClusterConfig, 'id' | 'name'>
  wish: RehearsalWish
  /** The cluster's agents as the console knows them. */
  agents: readonly AgentSight[]
  /** Restores of before, from which the duration is estimated. */
  past?: readonly PastRestore[]
  reason: string
  /** Made by the client: the same key of the same actor is the same request. */
  idempotencyKey: string | null
  /** Asks for the approval of others, or acts alone. */
  approval?: ApprovalWish | undefined
}

/** Asks for a rehearsal. The running cluster stays as it is, so nothing is typed to confirm it. Throws AppError `invalid`, and RecordedError. */
export async function requestRehearsal(store: Store, request: RehearsalRequest): Promise<Operation> {
  const { actor, cluster, wish, agents, past = [], reason, idempotencyKey, approval } = request
  refuseFaults(reasonFaults(reason))
  const { view } = await readBackups(store, cluster.id)
  return requestOperation(store, {
    actor,
    cluster,
    kind: 'rehearsal',
    reason,
    idempotencyKey,
    approval,
    action: 'rehearsals.request',
    target: cluster.name,
    asked: wish,
    isSameWish: ({ plan }) => plan.kind === 'rehearsal' && isSame(wish, plan),
    async plan({ tx, snapshot, now }) {
      await holdLanes(tx, cluster.id)
      const lead = await readActiveOperation(tx, cluster.id, 'lead')
      const plan = planRehearsal({ snapshot, agents, backups: view, past, wish, now })
      return { plan, drift: whileRecovering(lead) }
    },
  })
}

/** Both would want the node's disk and pgBackRest, and what is rehearsed would not be what the cluster becomes. */
function whileRecovering(lead: Operation | null): string | null {
  if (lead?.kind !== 'restore') return null
  return `${lead.requestedBy.name} is recovering ${lead.clusterName} to an earlier moment: "${lead.reason}". Rehearse when that has ended.`
}

/** A node or repository that was left open is whichever the plan found. */
function isSame(wish: RehearsalWish, plan: RehearsalPlan): boolean {
  return (
    isSameTarget(wish.target, plan.target) &&
    (wish.repository === null || wish.repository === plan.repository) &&
    (wish.node === null || wish.node === plan.node) &&
    wish.check === plan.check &&
    wish.verifiesPages === plan.verifiesPages &&
    isDeepStrictEqual(wish.extract, plan.extract)
  )
}
