import type { FailoverPlan } from '#domain/plan/failover-plan.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { planFailover } from '#domain/plan/plan-failover.ts'
import { AppError } from '#server/errors.ts'
import { requestFailover } from '#server/operations/request/request-failover.ts'
import type { ApprovalWish } from '#server/operations/request/request-operation.ts'
import type { Store } from '#server/store/open.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { needCluster } from '../clusters/need.ts'
import type { CommandContext } from '../trpc.ts'

/** What a failover would do as of the newest snapshot; throws AppError `refused` before the first. */
export async function previewFailover(
  store: Store,
  { cluster: name, candidate }: { cluster: string; candidate: string | null },
): Promise<FailoverPlan> {
  const cluster = await needCluster(store, name)
  const snapshot = await latestSnapshot(store, cluster.id)
  if (!snapshot) throw new AppError('refused', `The console has not looked at ${cluster.name} yet. Wait a few seconds.`)
  return planFailover(snapshot, { candidate, now: new Date() })
}

export interface FailoverAsked {
  cluster: string
  candidate: string
  reason: string
  confirmName: string
  expected: { leader: string; timeline: number | null; systemIdentifier: string | null }
  idempotencyKey: string
  approval?: ApprovalWish | undefined
}

/** Asks for a failover; operation, audit record and the order to the worker are committed together. */
export async function requestFailoverOf(
  { act, services: { store } }: CommandContext,
  { cluster: name, ...asked }: FailoverAsked,
): Promise<Operation> {
  const cluster = await needCluster(store, name)
  const { candidate, expected, reason } = asked
  act.on({ target: cluster.name, cluster, reason, detail: { candidate, expected } })
  return act.leaveTo(() => requestFailover(store, { actor: act.actor, cluster, ...asked }))
}
