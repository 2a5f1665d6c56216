import type { Store } from './open.ts'

/** A registered cluster as the workers share it out. */
export interface ClusterClaim {
  clusterId: string
  /** Worker that holds it now; null = free. */
  holder: string | null
  /** Worker that holds it or held it last. */
  lastHolder: string | null
  /** When the cluster or one of its secrets last changed: a reason to look at its configuration again. */
  revisedAt: Date
}

export interface ClusterClaims {
  claims: ClusterClaim[]
  /** Workers that live now, at least one. */
  liveWorkers: number
}

/** All clusters with who looks at them, on the clock of the database. */
export async function listClaims(store: Store, executorId: string): Promise<ClusterClaims> {
  const { rows } = await store.pool.query<{
    id: string
    holder: string | null
    last_holder: string | null
    revised_at: Date
    others: number
  }>(
    `select c.id, case when l.expires_at > clock_timestamp() then l.executor_id end as holder,
            l.executor_id as last_holder,
            greatest(c.updated_at, (select max(s.updated_at) from secret s where s.cluster_id = c.id)) as revised_at,
            (select count(*) from worker
              where state = 'live' and executor_id <> $1
                and heartbeat_at > clock_timestamp() - interval '15 seconds') as others
       from cluster c left join cluster_lease l on l.cluster_id = c.id
      order by c.id`,
    [executorId],
  )
  return {
    claims: rows.map((row) => ({
      clusterId: row.id,
      holder: row.holder,
      lastHolder: row.last_holder,
      revisedAt: row.revised_at,
    })),
    liveWorkers: 1 + Number(rows[0]?.others ?? 0),
  }
}

/**
 * Takes or renews leases; returns the ids that this worker holds now. A lease of another worker is taken only once it is
 * over, and none by a worker that was declared dead.
 */
export async function takeLeases(
  store: Store,
  lease: { executorId: string; clusterIds: readonly string[]; ttlMs: number },
): Promise<string[]> {
  if (lease.clusterIds.length === 0) return []
  const { rows } = await store.pool.query<{ cluster_id: string }>(
    `insert into cluster_lease as held (cluster_id, executor_id, expires_at)
     select id, $2, clock_timestamp() + make_interval(secs => $3) from cluster
      where id = any($1::uuid[])
        and not exists (select from worker where executor_id = $2 and state <> 'live')
      order by id
     on conflict (cluster_id) do update set executor_id = excluded.executor_id, expires_at = excluded.expires_at
      where held.executor_id = excluded.executor_id or held.expires_at <= clock_timestamp()
     returning cluster_id`,
    [lease.clusterIds, lease.executorId, lease.ttlMs / 1000],
  )
  return rows.map((row) => row.cluster_id)
}

/** Gives leases back at once, so that another worker need not wait for their end. */
export async function releaseLeases(store: Store, executorId: string, clusterIds: readonly string[]): Promise<void> {
  if (clusterIds.length === 0) return
  await store.pool.query('delete from cluster_lease where executor_id = $1 and cluster_id = any($2::uuid[])', [
    executorId,
    clusterIds,
  ])
}
