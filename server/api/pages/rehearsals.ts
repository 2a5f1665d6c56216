import type { Operation } from '#domain/operation/operation.ts'
import { listOperationsOfKind } from '#server/store/operations.ts'
import type { Store } from '#server/store/open.ts'
import { needCluster } from '../clusters/need.ts'

/** The newest rehearsals of a cluster with their reports, newest first. */
export async function listRehearsals(
  store: Store,
  { cluster: name, limit }: { cluster: string; limit: number },
): Promise<Operation[]> {
  const { id } = await needCluster(store, name)
  return listOperationsOfKind(store, { clusterId: id, kind: 'rehearsal', limit })
}
