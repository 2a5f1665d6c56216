import type { ClusterScope } from '#domain/people/grant.ts'
import type { Queryable } from './queryable.ts'

/** What decides whose grants hold for the cluster of a name (any case) or id; null when there is none. */
export async function findClusterScope(on: Queryable, nameOrId: string): Promise<ClusterScope | null> {
  const { rows } = await on.query<ClusterScope>(
    'select id, labels from cluster where lower(name) = lower($1) or id::text = lower($1)',
    [nameOrId],
  )
  return rows[0] ?? null
}

/** The same by id; a cluster that is gone carries no label any more. */
export async function clusterScopeOf(on: Queryable, id: string): Promise<ClusterScope> {
  const { rows } = await on.query<ClusterScope>('select id, labels from cluster where id = $1', [id])
  return rows[0] ?? { id, labels: [] }
}

/** The same of every cluster. */
export async function clusterScopes(on: Queryable): Promise<ClusterScope[]> {
  const { rows } = await on.query<ClusterScope>('select id, labels from cluster')
  return rows
}
