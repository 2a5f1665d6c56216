import type pg from 'pg'
import type { ClusterEvent, EventKind, StoredEvent } from '#domain/event.ts'
import type { Store } from './open.ts'

/**
 * Adds events of one cluster in order, tied to the operation that moves its lead unless another is named; returns them with
 * their ids.
 * Ids become visible in their order over all clusters, so whoever resumes after an id misses none.
 */
export async function insertEvents(
  tx: pg.PoolClient,
  cluster: { clusterId: string; clusterName: string },
  events: readonly ClusterEvent[],
  operationId: string | null = null,
): Promise<StoredEvent[]> {
  if (events.length === 0) return []
  // Held until commit: two transactions must not commit their ids in the other order than they drew them.
  await tx.query(`select pg_advisory_xact_lock(hashtext('matriarch.event'))`)
  const { rows } = await tx.query<StoredEventRow>(
    `insert into event (cluster_id, cluster_name, kind, at, member, severity, sentence, from_value, to_value, sources, operation_id)
     select $1, $2, e->>'kind', (e->>'at')::timestamptz, e->>'member', e->>'severity', e->>'sentence', e->>'from', e->>'to',
            array(select jsonb_array_elements_text(e->'sources')),
            coalesce($4::uuid, (select id from operation
                                 where cluster_id = $1 and lane = 'lead' and state in ('planned', 'running')))
       from jsonb_array_elements($3::jsonb) with ordinality as given (e, n)
      order by n
     returning *`,
    [cluster.clusterId, cluster.clusterName, JSON.stringify(events), operationId],
  )
  return rows.map(eventOf).toSorted((a, b) => a.id - b.id)
}

export interface EventFilter {
  clusterId?: string | undefined
  /** Only of these clusters; null or absent = of all. */
  clusterIds?: readonly string[] | null | undefined
  kinds?: readonly EventKind[] | undefined
  member?: string | undefined
  severity?: StoredEvent['severity'] | undefined
  since?: Date | undefined
  until?: Date | undefined
  /** Only events with a smaller id: the next page. */
  before?: number | undefined
  /** Only events with a greater id, oldest first: what was missed. */
  after?: number | undefined
  limit: number
}

/** Events, newest first; with `after` oldest first. */
export async function listEvents(store: Store, filter: EventFilter): Promise<StoredEvent[]> {
  const { rows } = await store.pool.query<StoredEventRow>(
    `select id, cluster_id, cluster_name, kind, at, member, severity, sentence, from_value, to_value, sources, operation_id
       from event
      where ($1::uuid is null or cluster_id = $1)
        and ($2::text[] is null or kind = any($2))
        and ($3::text is null or member = $3)
        and ($4::text is null or severity = $4)
        and ($5::timestamptz is null or at >= $5)
        and ($6::timestamptz is null or at < $6)
        and ($7::bigint is null or id < $7)
        and ($8::bigint is null or id > $8)
        and ($10::uuid[] is null or cluster_id = any($10))
      order by id ${filter.after === undefined ? 'desc' : 'asc'}
      limit $9`,
    [
      filter.clusterId ?? null,
      filter.kinds ?? null,
      filter.member ?? null,
      filter.severity ?? null,
      filter.since ?? null,
      filter.until ?? null,
      filter.before ?? null,
      filter.after ?? null,
      filter.limit,
      filter.clusterIds ?? null,
    ],
  )
  return rows.map(eventOf)
}

interface StoredEventRow {
  // The driver's own pools tell int8 as text.
  id: number | string
  cluster_id: string
  cluster_name: string
  kind: EventKind
  at: Date
  member: string | null
  severity: StoredEvent['severity']
  sentence: string
  from_value: string | null
  to_value: string | null
  sources: string[]
  operation_id: string | null
}

function eventOf(row: StoredEventRow): StoredEvent {
  return {
    id: Number(row.id),
    clusterId: row.cluster_id,
    clusterName: row.cluster_name,
    kind: row.kind,
    at: row.at,
    member: row.member,
    severity: row.severity,
    sentence: row.sentence,
    from: row.from_value,
    to: row.to_value,
    sources: row.sources,
    operationId: row.operation_id,
  }
}
