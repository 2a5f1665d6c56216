import { isAllowed, type Permission } from '#domain/people/permission.ts'
import type { Caller } from '#server/auth/caller.ts'
import { clusterScopes } from '#server/store/cluster-scope.ts'
import type { Store } from '#server/store/open.ts'

/** Ids of clusters; null = all there are, and whatever is of none. */
export type ClusterIds = readonly string[] | null

/** The clusters at which a caller has a right, by their labels of now. */
export async function readableClusters(store: Store, { grants }: Caller, permission: Permission): Promise<ClusterIds> {
  if (isAllowed(grants, permission, 'everywhere')) return null
  const all = await clusterScopes(store.pool)
  return all.filter((cluster) => isAllowed(grants, permission, cluster)).map(({ id }) => id)
}

/** True for a cluster that is among them. */
export function isAmong(ids: ClusterIds, clusterId: string): boolean {
  return ids === null || ids.includes(clusterId)
}
