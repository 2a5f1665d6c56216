import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { WayKind } from '#domain/operation/question.ts'
import { requestDecision } from '#server/operations/request/request-decision.ts'
import { needOperation } from '../pages/operations.ts'
import type { CommandContext } from '../trpc.ts'

export interface DecisionAsked {
  id: string
  step: number
  way: WayKind
  target: RecoveryTarget | null
  reason: string
}

/** Answers the question that an operation waits with; decision and audit record are committed together. */
export async function decideOperation(
  { act, services: { store } }: CommandContext,
  { id, step, way, target, reason }: DecisionAsked,
): Promise<Operation> {
  const { clusterId, clusterName, kind } = await needOperation(store, id)
  const cluster = { id: clusterId, name: clusterName }
  act.on({ target: `${kind} ${id}`, cluster, reason, detail: { step, way, target } })
  await act.leaveTo(() => requestDecision(store, { actor: act.actor, id, step, way, target, reason }))
  return needOperation(store, id)
}
