import { liveTrafficOf, type LiveTraffic } from '#domain/stack/live-traffic.ts'
import type { Store } from '#server/store/open.ts'
import { readStack } from '#server/store/stack-view.ts'
import { needCluster } from '../clusters/need.ts'

/** What passes through the layers of a cluster. */
export interface ShownTraffic {
  cluster: string
  /** Null until they were looked at once. */
  traffic: LiveTraffic | null
  serverNow: Date
}

/** The live numbers of a cluster's layers, without all else that they say; throws AppError `not-found`. */
export async function getTraffic(store: Store, name: string): Promise<ShownTraffic> {
  const cluster = await needCluster(store, name)
  const stack = await readStack(store, cluster.id)
  return { cluster: cluster.name, traffic: stack && liveTrafficOf(stack), serverNow: new Date() }
}
