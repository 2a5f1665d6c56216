import { planRelease } from '#domain/plan/plan-release.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { ReleasePlan } from '#domain/plan/release-plan.ts'
import { attemptName } from '#server/operations/attempt-name.ts'
import { requestRelease } from '#server/operations/request/request-release.ts'
import type { Store } from '#server/store/open.ts'
import type { ApprovalWish } from '#server/operations/request/request-operation.ts'
import { needCluster } from '../clusters/need.ts'
import { needOperation } from '../pages/operations.ts'
import type { CommandContext } from '../trpc.ts'
import { agentSights } from '#server/store/agent-sights.ts'
import { recoveryCaseOf } from './recovery-case.ts'

/** What would be let go of what a recovery or rehearsal left; throws AppError `not-found`. */
export async function previewRelease(store: Store, id: string): Promise<ReleasePlan> {
  const of = await needOperation(store, id)
  const { snapshot, agents } = await recoveryCaseOf(store, of.clusterName)
  return planRelease({ snapshot, agents, of, attempt: attemptName(of.id), now: new Date() })
}

/** Asks for it; operation, audit record and the order to the worker are committed together. */
export async function requestReleaseOf(
  { act, services: { store } }: CommandContext,
  asked: {
    operation: string
    reason: string
    confirmName: string
    idempotencyKey: string
    approval?: ApprovalWish | undefined
  },
): Promise<Operation> {
  const { operation: id, reason, confirmName, idempotencyKey, approval } = asked
  const of = await needOperation(store, id)
  const given = { id: of.clusterId, name: of.clusterName }
  act.on({ target: `${of.kind} ${id}`, cluster: given, reason, detail: { operation: id } })
  const cluster = await needCluster(store, of.clusterName)
  const agents = await agentSights(store, cluster.id)
  const said = { reason, confirmName, idempotencyKey, approval }
  return act.leaveTo(() => requestRelease(store, { actor: act.actor, cluster, of, agents, ...said }))
}
