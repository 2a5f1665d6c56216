import type { AgentSight, BackupWish } from '#domain/plan/backup-plan.ts'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { planBackup } from '#domain/plan/plan-backup.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import type { Store } from '#server/store/open.ts'
import { readActiveOperation } from '#server/store/operations.ts'
import { holdLanes } from '../engine/hold-lanes.ts'
import { reasonFaults, refuseFaults } from './refuse-faults.ts'
import { requestOperation } from './request-operation.ts'

export interface BackupRequest {
  actor: AuditRecord['actor']
  cluster: Pick<ClusterConfig, 'id' | 'name'>
  wish: BackupWish
  /** The cluster's agents as the console knows them. */
  agents: readonly AgentSight[]
  reason: string
  /** Made by the client: the same key of the same actor is the same request. */
  idempotencyKey: string | null
}

/** Asks for a backup. It takes nothing away, so nothing is typed to confirm it. Throws AppError `invalid`, and RecordedError. */
export async function requestBackup(store: Store, request: BackupRequest): Promise<Operation> {
  const { actor, cluster, wish, agents, reason, idempotencyKey } = request
  refuseFaults(reasonFaults(reason))
  return requestOperation(store, {
    actor,
    cluster,
    kind: 'backup',
    reason,
    idempotencyKey,
    action: 'backups.request',
    target: cluster.name,
    asked: wish,
    isSameWish: ({ plan }) => plan.kind === 'backup' && isSame(wish, plan),
    async plan({ tx, snapshot, now }) {
      await holdLanes(tx, cluster.id)
      const lead = await readActiveOperation(tx, cluster.id, 'lead')
      return { plan: planBackup(snapshot, agents, wish, now), drift: whileRecovering(lead) }
    },
  })
}

/** Between two lives of a cluster there is nothing to back up; the recovery takes a backup of its own at its end. */
function whileRecovering(lead: Operation | null): string | null {
  if (lead?.kind !== 'restore') return null
  return `${lead.requestedBy.name} is recovering ${lead.clusterName} to an earlier moment: "${lead.reason}". That ends with a full backup; wait for it.`
}

/** A stanza that was left open is whichever the plan found. */
function isSame(wish: BackupWish, plan: Omit<BackupWish, 'stanza'> & { stanza: string }): boolean {
  return (
    wish.type === plan.type &&
    wish.repository === plan.repository &&
    wish.fromStandby === plan.fromStandby &&
    wish.startFast === plan.startFast &&
    (wish.stanza === null || wish.stanza === plan.stanza)
  )
}
