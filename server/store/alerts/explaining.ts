import type { Explaining } from '#domain/alerts/explained-by.ts'
import type { Queryable } from '../queryable.ts'

/** Operations that move the lead, recover the cluster or copy a replica, under way or ended within ten minutes, the newest first. */
export async function readExplaining(on: Queryable, clusterId: string): Promise<Explaining[]> {
  const { rows } = await on.query<Explaining>(
    `select id, kind, case kind when 'reinitialise' then plan->>'member' end as member, state,
            coalesce(started_at, requested_at) as "startedAt", ended_at as "endedAt"
       from operation
      where cluster_id = $1 and kind in ('switchover', 'failover', 'restore', 'reinitialise')
        and state not in ('proposed', 'planned', 'refused', 'cancelled')
        and (ended_at is null or ended_at > now() - interval '10 minutes')
      order by requested_at desc`,
    [clusterId],
  )
  return rows
}
