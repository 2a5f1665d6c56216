import type pg from 'pg'
import type { ClusterEvent } from '#domain/event.ts'
import { insertEvents } from './events.ts'
import { notifyAll } from './notify.ts'

/** Adds events of one cluster as `insertEvents` does, and tells every process of them with the commit of `tx`. */
export async function tellEvents(
  tx: pg.PoolClient,
  cluster: { clusterId: string; clusterName: string },
  events: readonly ClusterEvent[],
  operationId: string | null = null,
): Promise<void> {
  const kept = await insertEvents(tx, cluster, events, operationId)
  await notifyAll(
    tx,
    kept.map(({ id }) => ({ kind: 'event', clusterId: cluster.clusterId, id }) as const),
  )
}
