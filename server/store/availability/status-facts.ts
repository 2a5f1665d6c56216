import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { fromJson } from '#domain/json.ts'
import type { Queryable } from '../queryable.ts'

/** What else than its availability is told of a cluster to those who only watch. */
export interface StatusFacts {
  id: string
  name: string
  snapshot: Snapshot | null
  lastTakeover: { at: Date; isPlanned: boolean } | null
  lastBackupAt: Date | null
  lastRehearsalAt: Date | null
}

/** The facts of the clusters with the ids, or of all, by name. */
export async function statusFacts(on: Queryable, ids: readonly string[] | null): Promise<StatusFacts[]> {
  const { rows } = await on.query<{
    id: string
    name: string
    body: unknown
    takeover_at: Date | null
    is_planned: boolean | null
    last_backup_at: Date | null
    rehearsed_at: Date | null
  }>(
    `select c.id, c.name, s.body, t.at as takeover_at, t.operation_id is not null as is_planned, b.last_backup_at,
            (select max(o.ended_at) from operation o
              where o.cluster_id = c.id and o.kind = 'rehearsal' and o.state = 'succeeded'
                and (o.result->>'isGood')::boolean) as rehearsed_at
       from cluster c
       left join latest_snapshot s on s.cluster_id = c.id
       left join backup_view b on b.cluster_id = c.id
       left join lateral (select at, operation_id from event e
                           where e.cluster_id = c.id and e.kind = 'leader-changed' and e.from_value is not null
                           order by e.id desc limit 1) t on true
      where $1::uuid[] is null or c.id = any($1)
      order by c.name`,
    [ids],
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    snapshot: row.body === null ? null : fromJson<Snapshot>(row.body),
    lastTakeover: row.takeover_at === null ? null : { at: row.takeover_at, isPlanned: row.is_planned === true },
    lastBackupAt: row.last_backup_at,
    lastRehearsalAt: row.rehearsed_at,
  }))
}
