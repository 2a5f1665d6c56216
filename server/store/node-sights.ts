import { fromJson } from '#domain/json.ts'
import type { NodeSight } from '#domain/snapshot/node-sight.ts'
import type { Store } from './open.ts'
import type { Queryable } from './queryable.ts'

/** Keeps what was seen of the node of an agent; of one that is gone nothing is kept. */
export async function saveNodeSight(store: Store, agentId: string, sight: NodeSight): Promise<void> {
  const { seenAt, dataFreeBytes, keptAside, replicaMethods, dataPlace } = sight
  await store.pool.query(
    `insert into node_sight (agent_id, seen_at, data_free_bytes, kept_aside, replica_methods, data_place)
     select id, $2, $3, $4, $5, $6 from agent where id = $1 for key share
     on conflict (agent_id) do update
        set seen_at = excluded.seen_at, data_free_bytes = excluded.data_free_bytes,
            kept_aside = excluded.kept_aside, replica_methods = excluded.replica_methods,
            data_place = excluded.data_place`,
    [
      agentId,
      seenAt,
      dataFreeBytes,
      JSON.stringify(keptAside),
      replicaMethods,
      dataPlace === null ? null : JSON.stringify(dataPlace),
    ],
  )
}

/** Keeps how much room its agent told of by the way, where more of the node was seen before; without bytes nothing is kept. */
export async function saveNodeRoom(
  on: Queryable,
  agentId: string,
  { seenAt, freeBytes }: { seenAt: Date; freeBytes: number | null | undefined },
): Promise<void> {
  if (typeof freeBytes !== 'number') return
  await on.query('update node_sight set seen_at = $2, data_free_bytes = $3 where agent_id = $1 and seen_at < $2', [
    agentId,
    seenAt,
    freeBytes,
  ])
}

/** What was last seen of a cluster's nodes, by the id of the agent. */
export async function nodeSights(store: Store, clusterId: string): Promise<Map<string, NodeSight>> {
  const { rows } = await store.pool.query<SightRow>(
    `select s.agent_id as "agentId", s.seen_at as "seenAt", s.data_free_bytes as "dataFreeBytes",
            s.kept_aside as "keptAside", s.replica_methods as "replicaMethods", s.data_place as "dataPlace"
       from node_sight s join agent a on a.id = s.agent_id where a.cluster_id = $1`,
    [clusterId],
  )
  return new Map(
    rows.map(({ agentId, seenAt, dataFreeBytes, keptAside, replicaMethods, dataPlace }) => [
      agentId,
      {
        seenAt,
        dataFreeBytes: dataFreeBytes === null ? null : Number(dataFreeBytes),
        keptAside: fromJson<NodeSight['keptAside']>(keptAside),
        replicaMethods,
        dataPlace: fromJson<NodeSight['dataPlace']>(dataPlace),
      },
    ]),
  )
}

interface SightRow {
  agentId: string
  seenAt: Date
  dataFreeBytes: number | string | null
  keptAside: unknown
  replicaMethods: string[]
  dataPlace: unknown
}
