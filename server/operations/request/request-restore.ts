import type { AgentSight } from '#domain/plan/backup-plan.ts'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import { verbOf } from '#domain/operation/operation-words.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { planRestore } from '#domain/plan/plan-restore.ts'
import type { PastRestore, RestorePlan, RestoreWish } from '#domain/plan/restore-plan.ts'
import { runningBackupOf } from '#domain/backup/running-backup.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { readBackups } from '#server/store/backup-view.ts'
import { withCommitsLost } from '#server/store/commits-lost.ts'
import type { Store } from '#server/store/open.ts'
import { readActiveOperation } from '#server/store/operations.ts'
import { driftOf, type Expected } from '../engine/drift.ts'
import { holdLanes } from '../engine/hold-lanes.ts'
import { nameFaults, reasonFaults, refuseFaults } from './refuse-faults.ts'
import { type ApprovalWish, requestOperation } from './request-operation.ts'
import { isSameTarget } from '../restore/aim.ts'

export interface RestoreRequest {
  actor: AuditRecord['actor']
  cluster: Pick<ClusterConfig, 'id' | 'name'>
  wish: RestoreWish
  /** The cluster's agents as the console knows them. */
  agents: readonly AgentSight[]
  /** Restores of before, from which the duration is estimated. */
  past?: readonly PastRestore[]
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

/** Asks for a recovery in place. Throws AppError `invalid` by field, and RecordedError. */
export async function requestRestore(store: Store, request: RestoreRequest): Promise<Operation> {
  refuseFaults([...reasonFaults(request.reason), ...nameFaults(request.confirmName, request.cluster)])
  const { actor, cluster, wish, agents, past = [], reason, expected, idempotencyKey, approval } = request
  const { view } = await readBackups(store, cluster.id)
  return requestOperation(store, {
    actor,
    cluster,
    kind: 'restore',
    reason,
    idempotencyKey,
    approval,
    action: 'restores.request',
    target: cluster.name,
    asked: { ...wish, expected },
    isSameWish: ({ plan }) => plan.kind === 'restore' && isSame(wish, plan),
    async plan({ tx, snapshot, now }) {
      await holdLanes(tx, cluster.id)
      const chore = await readActiveOperation(tx, cluster.id, 'backup')
      const runningBackup = runningBackupOf(chore)
      const copying = await readActiveOperation(tx, cluster.id, 'replica')
      const made = planRestore({ snapshot, agents, backups: view, past, wish, runningBackup, now })
      const plan = await withCommitsLost(tx, made)
      return { plan, drift: driftOf(plan, expected) ?? whileExpiring(chore) ?? whileCopying(copying) }
    },
  })
}

/** The backup that is to be restored, or its WAL, might go while it is read. */
function whileExpiring(chore: Operation | null): string | null {
  if (chore?.kind !== 'repository-expire' && chore?.kind !== 'stanza-create') return null
  const what = chore.kind === 'stanza-create' ? 'beginning a repository' : 'expiring old backups'
  return `${chore.requestedBy.name} is ${what} on ${chore.clusterName}: wait for its end and plan the recovery anew.`
}

/** Patroni on that member goes on with its copy, of data that the recovery replaces. */
function whileCopying(copying: Operation | null): string | null {
  if (copying === null) return null
  const { requestedBy, kind, clusterName } = copying
  return `${requestedBy.name} is ${verbOf(kind)} on ${clusterName}: wait for its end, or stop following it, and plan the recovery anew.`
}

function isSame(wish: RestoreWish, plan: RestorePlan): boolean {
  return (
    isSameTarget(wish.target, plan.target) &&
    (wish.repository === null || wish.repository === plan.repository) &&
    wish.check === plan.check &&
    wish.commitsAlone === plan.commitsAlone &&
    wish.clientsBack === plan.clientsBack
  )
}
