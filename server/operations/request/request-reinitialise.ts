import type { AgentSight } from '#domain/plan/backup-plan.ts'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import { verbOf } from '#domain/operation/operation-words.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { planReinitialise } from '#domain/plan/plan-reinitialise.ts'
import type { ReinitialiseWish } from '#domain/plan/reinitialise-plan.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import type { Store } from '#server/store/open.ts'
import { readActiveOperation } from '#server/store/operations.ts'
import { driftOf, type Expected } from '../engine/drift.ts'
import { holdLanes } from '../engine/hold-lanes.ts'
import { reasonFaults, refuseFaults } from './refuse-faults.ts'
import { type ApprovalWish, requestOperation } from './request-operation.ts'

export interface ReinitialiseRequest {
  actor: AuditRecord['actor']
  cluster: Pick<ClusterConfig, 'id' | 'name'>
  wish: ReinitialiseWish
  /** The cluster's agents as the console knows them, and what the layers last told. */
  agents: readonly AgentSight[]
  stack: StackView | null
  reason: string
  /** The member's name as typed by whoever asks. */
  confirm: string
  /** What the plan on the screen was made for. */
  expected: Expected
  /** Made by the client: the same key of the same actor is the same request. */
  idempotencyKey: string | null
  /** Asks for the approval of others, or acts alone. */
  approval?: ApprovalWish | undefined
}

/** Asks for a replica to be copied anew. Throws AppError `invalid` by field, and RecordedError. */
export async function requestReinitialise(store: Store, request: ReinitialiseRequest): Promise<Operation> {
  const { actor, cluster, wish, agents, stack, reason, confirm, expected, idempotencyKey, approval } = request
  const { member, force } = wish
  const typed = { field: 'confirm', sentence: `Type the name of the member, ${member}, to confirm.` }
  refuseFaults([...reasonFaults(reason), ...(confirm === member ? [] : [typed])])
  return requestOperation(store, {
    actor,
    cluster,
    kind: 'reinitialise',
    reason,
    idempotencyKey,
    approval,
    action: 'replicas.reinitialise',
    target: `${cluster.name}: ${member}`,
    asked: { ...wish, expected },
    isSameWish: ({ plan }) => plan.kind === 'reinitialise' && plan.member === member && plan.force === force,
    async plan({ tx, snapshot, now }) {
      await holdLanes(tx, cluster.id)
      const backup = await readActiveOperation(tx, cluster.id, 'backup')
      const plan = planReinitialise({ snapshot, agents, stack, backup }, wish, now)
      const lead = await readActiveOperation(tx, cluster.id, 'lead')
      return { plan, drift: driftOf(plan, expected) ?? (lead && whileMoving(lead)) }
    },
  })
}

/** Whom to copy from is not settled while the lead moves, and a recovery needs every member itself. */
function whileMoving({ requestedBy, kind, clusterName }: Operation): string {
  return `${requestedBy.name} is ${verbOf(kind)} on ${clusterName}: wait for its end and look at the plan again.`
}
