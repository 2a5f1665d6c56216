import type { Operation, OperationState } from '#domain/operation/operation.ts'
import type { OperationRow } from '#domain/fleet/view.ts'
import { AppError } from '#server/errors.ts'
import { findOperation, listOperations } from '#server/store/operations.ts'
import type { Store } from '#server/store/open.ts'
import { needCluster } from '../clusters/need.ts'
import type { ClusterIds } from '../readable.ts'

interface Asked {
  cluster?: string | undefined
  clusterIds: ClusterIds
  state?: OperationState | undefined
  before?: string | undefined
  since?: Date | undefined
  until?: Date | undefined
  limit: number
}

/** A page of operations, newest first; `nextBefore` is null on the last page. */
export async function listOperationPage(
  store: Store,
  { cluster, ...filter }: Asked,
): Promise<{ operations: OperationRow[]; nextBefore: string | null }> {
  const clusterId = cluster === undefined ? undefined : (await needCluster(store, cluster)).id
  const found = await listOperations(store, { ...filter, clusterId, limit: filter.limit + 1 })
  const operations = found.slice(0, filter.limit)
  return { operations, nextBefore: found.length > filter.limit ? (operations.at(-1)?.id ?? null) : null }
}

/** One operation with its steps; throws AppError `not-found`. */
export async function needOperation(store: Store, id: string): Promise<Operation> {
  const operation = await findOperation(store, id)
  if (!operation) throw new AppError('not-found', `There is no operation ${id}.`)
  return operation
}
