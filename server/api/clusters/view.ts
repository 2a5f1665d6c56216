import type { ClusterView } from '#domain/view.ts'
import { listEvents } from '#server/store/events.ts'
import { activeOperation } from '#server/store/operations.ts'
import type { Store } from '#server/store/open.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { needCluster } from './need.ts'

/** Everything the overview of one cluster shows; throws AppError `not-found`. */
export async function viewCluster(store: Store, name: string): Promise<ClusterView> {
  const cluster = await needCluster(store, name)
  const [snapshot, recentEvents, operation] = await Promise.all([
    latestSnapshot(store, cluster.id),
    listEvents(store, { clusterId: cluster.id, limit: recently }),
    activeOperation(store, cluster.id),
  ])
  return { cluster, snapshot, recentEvents, activeOperation: operation, serverNow: new Date() }
}

const recently = 12
