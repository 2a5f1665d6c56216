import type { AgentSight } from '#domain/plan/backup-plan.ts'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { planRelease } from '#domain/plan/plan-release.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import type { Store } from '#server/store/open.ts'
import { readActiveOperation } from '#server/store/operations.ts'
import { attemptName } from '../attempt-name.ts'
import { holdLanes } from '../engine/hold-lanes.ts'
import { nameFaults, reasonFaults, refuseFaults } from './refuse-faults.ts'
import { type ApprovalWish, requestOperation } from './request-operation.ts'

export interface ReleaseRequest {
  actor: AuditRecord['actor']
  cluster: Pick<ClusterConfig, 'id' | 'name'>
  /** The recovery or rehearsal whose data is let go. */
  of: Operation
  /** The cluster's agents as the console knows them. */
  agents: readonly AgentSight[]
  reason: string
  /** The cluster's name as typed by whoever asks. */
  confirmName: string
  /** Made by the client: the same key of the same actor is the same request. */
  idempotencyKey: string | null
  /** Asks for the approval of others, or acts alone. */
  approval?: ApprovalWish | undefined
}

/** Asks for kept data to be deleted, from which there is no way back. Throws AppError `invalid` by field, and RecordedError. */
export async function requestRelease(store: Store, request: ReleaseRequest): Promise<Operation> {
  refuseFaults([...reasonFaults(request.reason), ...nameFaults(request.confirmName, request.cluster)])
  const { actor, cluster, of, agents, reason, idempotencyKey, approval } = request
  return requestOperation(store, {
    actor,
    cluster,
    kind: 'release-kept-data',
    reason,
    idempotencyKey,
    approval,
    action: 'releases.request',
    target: `${of.kind} ${of.id}`,
    asked: { operation: of.id },
    isSameWish: ({ plan }) => plan.kind === 'release-kept-data' && plan.ofOperation === of.id,
    async plan({ tx, snapshot, now }) {
      await holdLanes(tx, cluster.id)
      const lead = await readActiveOperation(tx, cluster.id, 'lead')
      return {
        plan: planRelease({ snapshot, agents, of, attempt: attemptName(of.id), now }),
        drift: whileRecovering(lead),
      }
    },
  })
}

/** What is kept may be the way back of a recovery that is under way. */
function whileRecovering(lead: Operation | null): string | null {
  if (lead?.kind !== 'restore') return null
  return `${lead.requestedBy.name} is recovering ${lead.clusterName} to an earlier moment: "${lead.reason}". Nothing is let go until that has ended.`
}
