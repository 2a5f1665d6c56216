import type { Operation } from '#domain/operation/operation.ts'
import { requestCancel } from '#server/operations/request/cancel.ts'
import { needOperation } from '../pages/operations.ts'
import type { CommandContext } from '../trpc.ts'

/** Asks an operation to end before its point of no return. */
export async function cancelOperation(
  { act, services: { store } }: CommandContext,
  { id, reason }: { id: string; reason: string },
): Promise<Operation> {
  const { clusterId, clusterName, kind } = await needOperation(store, id)
  act.on({ target: `${kind} ${id}`, cluster: { id: clusterId, name: clusterName }, reason })
  await act.leaveTo(() => requestCancel(store, { actor: act.actor, id, reason }))
  return needOperation(store, id)
}
