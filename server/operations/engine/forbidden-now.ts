import { forbiddenBy } from '#domain/maintenance/forbidden-by.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { Permission } from '#domain/people/permission.ts'
import type { Store } from '#server/store/open.ts'
import { clusterScopeOf } from '#server/store/cluster-scope.ts'
import { openWindows } from '#server/store/maintenance/windows.ts'
import { findActor, whyForbidden } from '../request/actor.ts'

/** Why whoever asked for an operation may not have it done now: without the right by now, or within maintenance of somebody else. */
export async function forbiddenNow(
  store: Store,
  { requestedBy, clusterId, kind }: Pick<Operation, 'requestedBy' | 'clusterId' | 'kind'>,
  permission: Permission,
): Promise<string | null> {
  const where = await clusterScopeOf(store.pool, clusterId)
  const why = whyForbidden(await findActor(store, requestedBy), permission, where)
  if (why !== null) return why
  return forbiddenBy(await openWindows(store.pool, clusterId), { kind, actor: requestedBy }, new Date())
}
