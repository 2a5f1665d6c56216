import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import { AppError } from '#server/errors.ts'
import { findCluster } from '#server/store/clusters.ts'
import type { Store } from '#server/store/open.ts'

/** The registered cluster of this name or id; throws AppError `not-found`. */
export async function needCluster(store: Store, name: string): Promise<ClusterConfig> {
  const cluster = await findCluster(store, name)
  if (!cluster) throw new AppError('not-found', `No cluster named ${name} is registered.`)
  return cluster
}
