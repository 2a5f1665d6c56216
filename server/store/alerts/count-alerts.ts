import type { AlertSeverity } from '#domain/alerts/rule.ts'
import type { Queryable } from '../queryable.ts'

/** How many alerts of one rule go on in one cluster. */
export interface AlertCount {
  cluster: string
  rule: string
  severity: AlertSeverity
  state: 'pending' | 'firing'
  count: number
}

/** The alerts that go on, by cluster and rule. */
export async function countAlerts(on: Queryable): Promise<AlertCount[]> {
  const { rows } = await on.query<AlertCount>(
    `select c.name as cluster, a.rule_id as rule, a.severity, a.state, count(*)::int as count
       from alert a join cluster c on c.id = a.cluster_id
      where a.state in ('pending', 'firing')
      group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  )
  return rows
}

/** How many incidents are open in one cluster. */
export interface IncidentCount {
  cluster: string
  severity: AlertSeverity
  count: number
  /** Of them, those that nobody has acknowledged. */
  unacknowledged: number
}

/** The open incidents of every cluster, by severity. */
export async function countIncidents(on: Queryable): Promise<IncidentCount[]> {
  const { rows } = await on.query<IncidentCount>(
    `select c.name as cluster, i.severity, count(*)::int as count,
            (count(*) filter (where i.acknowledged_at is null))::int as unacknowledged
       from incident i join cluster c on c.id = i.cluster_id
      where i.closed_at is null
      group by 1, 2 order by 1, 2`,
  )
  return rows
}

/** Since when nobody can tell whether a firing alert of it still holds, the earliest, by cluster. */
export async function unknownSince(on: Queryable): Promise<Map<string, Date>> {
  const { rows } = await on.query<{ cluster_id: string; since: Date }>(
    `select cluster_id, min(unknown_since) as since from alert
      where state = 'firing' and rule_id <> 'alerts-unknown' and unknown_since is not null
      group by cluster_id`,
  )
  return new Map(rows.map(({ cluster_id: clusterId, since }) => [clusterId, since]))
}
