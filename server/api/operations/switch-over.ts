import type { Operation } from '#domain/operation/operation.ts'
import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'
import { requestSwitchover } from '#server/operations/request/request.ts'
import type { ApprovalWish } from '#server/operations/request/request-operation.ts'
import { needCluster } from '../clusters/need.ts'
import type { CommandContext } from '../trpc.ts'

export interface SwitchoverAsked {
  cluster: string
  kind: SwitchoverPlan['kind']
  candidate: string | null
  scheduledAt: Date | null
  reason: string
  confirmName: string
  expected: { leader: string; timeline: number | null; systemIdentifier: string | null }
  idempotencyKey: string
  approval?: ApprovalWish | undefined
}

/** Asks for a switchover; operation, audit record and the order to the worker are committed together. */
export async function requestSwitchoverOf(
  { act, services: { store } }: CommandContext,
  { cluster: name, ...asked }: SwitchoverAsked,
): Promise<Operation> {
  const cluster = await needCluster(store, name)
  const { kind, candidate, scheduledAt, expected } = asked
  act.on({ target: cluster.name, cluster, reason: asked.reason, detail: { kind, candidate, scheduledAt, expected } })
  return act.leaveTo(() => requestSwitchover(store, { actor: act.actor, cluster, ...asked }))
}
