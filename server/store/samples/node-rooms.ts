import type { NodeRoom } from '#domain/samples/sweep-seen.ts'
import type { Store } from '../open.ts'

/** The room last seen on the nodes of a cluster that have an agent, by node. */
export async function nodeRooms(store: Store, clusterId: string): Promise<Map<string, NodeRoom>> {
  const { rows } = await store.pool.query<{ node: string; seen_at: Date; data_free_bytes: number | null }>(
    `select a.node, s.seen_at, s.data_free_bytes
       from agent a join node_sight s on s.agent_id = a.id where a.cluster_id = $1`,
    [clusterId],
  )
  return new Map(rows.map((row) => [row.node, { seenAt: row.seen_at, dataFreeBytes: row.data_free_bytes }]))
}
