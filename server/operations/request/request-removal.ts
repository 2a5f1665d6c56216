import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { planRemoval } from '#domain/plan/plan-removal.ts'
import type { RemovalPlan } from '#domain/plan/removal-plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { AppError } from '#server/errors.ts'
import { heldOfCluster, registrationOf } from '#server/store/cluster-removal.ts'
import type { Store } from '#server/store/open.ts'
import { readActiveOperations } from '#server/store/operations.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { holdLanes } from '../engine/hold-lanes.ts'
import { nameFaults, reasonFaults, refuseFaults } from './refuse-faults.ts'
import { type ApprovalWish, requestOperation } from './request-operation.ts'

export interface RemovalRequest {
  actor: AuditRecord['actor']
  cluster: Pick<ClusterConfig, 'id' | 'name'>
  reason: string
  /** The cluster's name as typed by whoever asks. */
  confirmName: string
  /** Made by the client: the same key of the same actor is the same request. */
  idempotencyKey: string | null
  /** Asks for the approval of others, or acts alone. */
  approval?: ApprovalWish | undefined
}

/** Asks for a cluster to be taken out of the console. Throws AppError `invalid` by field, and RecordedError. */
export async function requestRemoval(store: Store, request: RemovalRequest): Promise<Operation> {
  refuseFaults([...reasonFaults(request.reason), ...nameFaults(request.confirmName, request.cluster)])
  const { actor, cluster, reason, idempotencyKey, approval } = request
  const planOf = async (tx: Queryable, snapshot: Snapshot | null, now: Date) => {
    await holdLanes(tx, cluster.id)
    return { plan: await removalPlan(tx, cluster, snapshot, now), drift: null }
  }
  return requestOperation(store, {
    actor,
    cluster,
    kind: 'remove-cluster',
    reason,
    idempotencyKey,
    approval,
    action: 'clusters.remove',
    target: cluster.name,
    asked: null,
    isSameWish: ({ plan }) => plan.kind === 'remove-cluster',
    plan: ({ tx, snapshot, now }) => planOf(tx, snapshot, now),
    planUnseen: ({ tx, now }) => planOf(tx, null, now),
  })
}

/** What the removal would take away as of now; throws AppError `not-found` where the cluster is gone. */
export async function removalPlan(
  on: Queryable,
  cluster: Pick<ClusterConfig, 'id' | 'name'>,
  snapshot: Snapshot | null,
  now: Date,
): Promise<RemovalPlan> {
  const registration = await registrationOf(on, cluster.id)
  if (registration === null) throw new AppError('not-found', `${cluster.name} is not registered any more.`)
  const held = await heldOfCluster(on, cluster.id)
  const underWay = await readActiveOperations(on, cluster.id)
  return planRemoval({ cluster: { ...cluster, registration }, snapshot, held, underWay, now })
}
