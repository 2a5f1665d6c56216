import { type Lane, laneOf } from '#domain/operation/operation.ts'
import { misleadingPoolers } from '#domain/judgement/truth/misleading-poolers.ts'
import type { ClusterView } from '#domain/fleet/view.ts'
import { listEvents } from '#server/store/events.ts'
import { activeOperations } from '#server/store/operations.ts'
import type { Store } from '#server/store/open.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { readStack } from '#server/store/stack-view.ts'
import { backupsToldOf } from './backups-told.ts'
import { needCluster } from './need.ts'

/** Everything the overview of one cluster shows; throws AppError `not-found`. */
export async function viewCluster(store: Store, name: string): Promise<ClusterView> {
  const cluster = await needCluster(store, name)
  const [snapshot, recentEvents, operations, backupsTold, stack] = await Promise.all([
    latestSnapshot(store, cluster.id),
    listEvents(store, { clusterId: cluster.id, limit: recently }),
    activeOperations(store, cluster.id),
    backupsToldOf(store, cluster.id),
    readStack(store, cluster.id),
  ])
  const inLane = (lane: Lane) => operations.find(({ kind }) => laneOf(kind) === lane) ?? null
  const activeOperation = inLane('lead')
  const backupOperation = inLane('backup')
  const serverNow = new Date()
  return {
    cluster,
    snapshot,
    recentEvents,
    activeOperation,
    backupOperation,
    replicaOperation: inLane('replica'),
    ...backupsTold,
    stackFindings: snapshot === null ? [] : misleadingPoolers(snapshot, stack, serverNow),
    serverNow,
  }
}

const recently = 12
