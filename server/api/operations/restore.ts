import { planRestore } from '#domain/plan/plan-restore.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { RestorePlan, RestoreWish } from '#domain/plan/restore-plan.ts'
import type { Expected } from '#server/operations/engine/drift.ts'
import { requestRestore } from '#server/operations/request/request-restore.ts'
import { withCommitsLost } from '#server/store/commits-lost.ts'
import type { Store } from '#server/store/open.ts'
import { pastRestores } from '#server/store/past-restores.ts'
import type { ApprovalWish } from '#server/operations/request/request-operation.ts'
import { needCluster } from '../clusters/need.ts'
import type { CommandContext } from '../trpc.ts'
import { agentSights } from '#server/store/agent-sights.ts'
import { recoveryCaseOf } from './recovery-case.ts'

export interface RestoreAsked extends RestoreWish {
  cluster: string
}

interface RestoreConfirmed extends RestoreAsked {
  reason: string
  confirmName: string
  expected: Expected
  idempotencyKey: string
  approval?: ApprovalWish | undefined
}

/** What the recovery would do as of what is known now; throws AppError `refused` before the first look at the cluster. */
export async function previewRestore(store: Store, { cluster: name, ...wish }: RestoreAsked): Promise<RestorePlan> {
  const { snapshot, agents, backups, past, runningBackup } = await recoveryCaseOf(store, name)
  const plan = planRestore({ snapshot, agents, backups, past, runningBackup, wish, now: new Date() })
  return withCommitsLost(store.pool, plan)
}

/** Asks for a recovery in place; operation, audit record and the order to the worker are committed together. */
export async function requestRestoreOf(
  { act, services: { store } }: CommandContext,
  { cluster: name, reason, confirmName, expected, idempotencyKey, approval, ...wish }: RestoreConfirmed,
): Promise<Operation> {
  const cluster = await needCluster(store, name)
  act.on({ target: cluster.name, cluster, reason, detail: { ...wish, expected } })
  const [agents, past] = await Promise.all([agentSights(store, cluster.id), pastRestores(store, cluster.id)])
  const said = { reason, confirmName, expected, idempotencyKey, approval }
  return act.leaveTo(() => requestRestore(store, { actor: act.actor, cluster, wish, agents, past, ...said }))
}
