import type { ApprovalsSeen } from '#domain/alerts/facts/sources.ts'
import type { OperationKind } from '#domain/operation/operation.ts'
import type { Queryable } from '../queryable.ts'

/** What of a cluster waits for approval, what one person ran alone within a day, and how often a policy asked less of it. */
export async function approvalsSeen(on: Queryable, clusterId: string): Promise<ApprovalsSeen> {
  const { rows } = await on.query<ApprovalsSeen>(
    `select count(*) filter (where o.state = 'proposed')::int as waiting,
            count(*) filter (where o.is_break_glass and o.started_at > now() - interval '1 day')::int as "glassBroken",
            (select count(*)::int from event e
              where e.cluster_id = $1 and e.kind = 'policy-weakened' and e.at > now() - interval '1 day') as "policiesWeakened"
       from operation o
      where o.cluster_id = $1 and (o.state = 'proposed' or (o.is_break_glass and o.requested_at > now() - interval '2 days'))`,
    [clusterId],
  )
  return rows[0] ?? { waiting: 0, glassBroken: 0, policiesWeakened: 0 }
}

/** The newest operation of the last day that one person ran alone on a cluster; null = there is none. */
export async function newestBreakGlass(on: Queryable, clusterId: string): Promise<BrokenGlass | null> {
  const { rows } = await on.query<BrokenGlass>(
    `select id, kind, actor_name as by, reason, started_at as at from operation
      where cluster_id = $1 and is_break_glass and started_at > now() - interval '1 day'
      order by started_at desc limit 1`,
    [clusterId],
  )
  return rows[0] ?? null
}

export interface BrokenGlass {
  id: string
  kind: OperationKind
  by: string
  reason: string
  at: Date
}
