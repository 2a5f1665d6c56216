import type { Operation } from '#domain/operation/operation.ts'
import { ask } from '#server/store/inquiries.ts'
import { needOperation } from '../pages/operations.ts'
import type { CommandContext } from '../trpc.ts'
import { proofWithinMs } from './decide.ts'

/** Has a worker let a request go ahead that has all its approvals. */
export async function runApproved(
  { act, caller, services: { store } }: CommandContext,
  id: string,
): Promise<Operation> {
  const operation = await needOperation(store, id)
  const cluster = { id: operation.clusterId, name: operation.clusterName }
  act.on({ target: `${operation.kind} ${id}`, cluster, reason: operation.reason })
  const input = { operationId: id, userId: caller.id }
  await act.leaveTo(() =>
    ask(store, { kind: 'run-approved', input, sealed: null, askedBy: caller.name }, proofWithinMs),
  )
  return needOperation(store, id)
}
