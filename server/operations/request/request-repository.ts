import type { AgentSight } from '#domain/plan/backup-plan.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { planRepository } from '#domain/plan/plan-repository.ts'
import type { RepositoryWish } from '#domain/plan/repository-plan.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import type { FieldError } from '#server/errors.ts'
import type { Store } from '#server/store/open.ts'
import { readActiveOperation } from '#server/store/operations.ts'
import { holdLanes } from '../engine/hold-lanes.ts'
import { nameFaults, reasonFaults, refuseFaults } from './refuse-faults.ts'
import { type ApprovalWish, requestOperation } from './request-operation.ts'

export interface RepositoryRequest {
  actor: AuditRecord['actor']
  cluster: Pick<ClusterConfig, 'id' | 'name'>
  wish: RepositoryWish
  /** The cluster's agents and backups as the console knows them. */
  agents: readonly AgentSight[]
  view: BackupView | null
  reason: string
  /** Name of the cluster as typed by whoever asks; only for what takes backups away. */
  confirmName: string | null
  /** Made by the client: the same key of the same actor is the same request. */
  idempotencyKey: string | null
  /** Asks for the approval of others, or acts alone. */
  approval?: ApprovalWish | undefined
  /** Name of the procedure. */
  action: string
}

/** Asks for a chore on a repository. Throws AppError `invalid` by field, and RecordedError. */
export async function requestRepository(store: Store, request: RepositoryRequest): Promise<Operation> {
  refuseFaults(faultsOf(request))
  const { actor, cluster, wish, agents, view, reason, idempotencyKey, action, approval } = request
  return requestOperation(store, {
    actor,
    cluster,
    kind: wish.kind,
    reason,
    idempotencyKey,
    approval,
    action,
    target: cluster.name,
    asked: wish,
    isSameWish: ({ plan }) => plan.kind === wish.kind && plan.repository === wish.repository && plan.set === wish.set,
    async plan({ tx, snapshot, now }) {
      await holdLanes(tx, cluster.id)
      const lead = await readActiveOperation(tx, cluster.id, 'lead')
      return { plan: planRepository({ snapshot, agents, view }, wish, now), drift: whileRecovering(lead, wish) }
    },
  })
}

/** What a recovery needs may not expire under it, nor may a repository begin whose cluster stands still; looking does no harm. */
function whileRecovering(lead: Operation | null, { kind }: RepositoryWish): string | null {
  if (lead?.kind !== 'restore' || kind === 'repository-check' || kind === 'repository-verify') return null
  return `${lead.requestedBy.name} is recovering ${lead.clusterName} to an earlier moment: "${lead.reason}". Its repositories stay as they are until that has ended.`
}

function faultsOf({ reason, wish, confirmName, cluster }: RepositoryRequest): FieldError[] {
  if (wish.kind !== 'repository-expire') return reasonFaults(reason)
  const unseen = 'Look first at what would go, and send that along: more never goes.'
  return [
    ...reasonFaults(reason),
    ...(wish.preview ? [] : [{ field: 'preview', sentence: unseen }]),
    ...nameFaults(confirmName, cluster, ' that its backups go'),
  ]
}
