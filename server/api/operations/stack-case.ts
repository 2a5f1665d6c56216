import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { AppError } from '#server/errors.ts'
import type { Store } from '#server/store/open.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { readStack } from '#server/store/stack-view.ts'
import { needCluster } from '../clusters/need.ts'

/** The newest pictures of a cluster and its layers; throws AppError `not-found`, and `refused` before the first look. */
export async function stackCaseOf(
  store: Store,
  name: string,
): Promise<{ cluster: ClusterConfig; known: { snapshot: Snapshot; stack: StackView | null } }> {
  const cluster = await needCluster(store, name)
  const [snapshot, stack] = await Promise.all([latestSnapshot(store, cluster.id), readStack(store, cluster.id)])
  if (!snapshot) throw new AppError('refused', `The console has not looked at ${cluster.name} yet. Wait a few seconds.`)
  return { cluster, known: { snapshot, stack } }
}
