import type pg from 'pg'
import type { ClusterEvent } from '#domain/event.ts'
import { tellEvents } from '#server/store/tell-events.ts'

/** Tells what is of the console as a whole at every cluster; in the day after it was told, by whichever worker, it is not told again. */
export async function tellAllClusters(
  tx: pg.PoolClient,
  event: Omit<ClusterEvent, 'member' | 'from' | 'to' | 'sources'>,
): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtext('matriarch tell all clusters'))")
  const { rows } = await tx.query<{ clusterId: string; clusterName: string }>(
    `select id as "clusterId", name as "clusterName" from cluster c
      where not exists (select from event e
                         where e.cluster_id = c.id and e.kind = $1 and e.sentence = $2 and e.at > now() - interval '1 day')
      order by name`,
    [event.kind, event.sentence],
  )
  for (const cluster of rows) {
    const told = { ...event, member: null, from: null, to: null, sources: ['console'] }
    await tellEvents(tx, cluster, [told])
  }
}
