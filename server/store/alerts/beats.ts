import type { Queryable } from '../queryable.ts'

/** Says that the rules of a cluster were asked now, by the clock of the store. */
export async function markEvaluated(tx: Queryable, clusterId: string): Promise<void> {
  await tx.query(
    `insert into alert_engine_beat (cluster_id, evaluated_at) values ($1, clock_timestamp())
     on conflict (cluster_id) do update set evaluated_at = excluded.evaluated_at`,
    [clusterId],
  )
}

/** When the rules of a cluster were last asked. */
export interface AlertBeat {
  clusterId: string
  clusterName: string
  /** Null = never. */
  evaluatedAt: Date | null
  /** Since then, or since the cluster was added. */
  silentSeconds: number
}

/** When each cluster's rules were last asked, or one's. */
export async function readBeats(on: Queryable, clusterId: string | null = null): Promise<AlertBeat[]> {
  const { rows } = await on.query<AlertBeat>(
    `select c.id as "clusterId", c.name as "clusterName", b.evaluated_at as "evaluatedAt",
            extract(epoch from clock_timestamp() - coalesce(b.evaluated_at, c.created_at))::float8 as "silentSeconds"
       from cluster c left join alert_engine_beat b on b.cluster_id = c.id
      where $1::uuid is null or c.id = $1
      order by c.name`,
    [clusterId],
  )
  return rows
}
