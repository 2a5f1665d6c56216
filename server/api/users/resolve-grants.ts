import type { Grant } from '#domain/people/grant.ts'
import type { WrittenGrant } from '#domain/people/grant-text.ts'
import { AppError } from '#server/errors.ts'
import { findClusterScope } from '#server/store/cluster-scope.ts'
import type { Queryable } from '#server/store/queryable.ts'

/** Grants with the ids of the clusters that they name. Throws AppError `invalid` for a cluster that is not registered. */
export async function resolveGrants(on: Queryable, written: readonly WrittenGrant[]): Promise<Grant[]> {
  const grants: Grant[] = []
  for (const grant of written) grants.push(await resolveGrant(on, grant))
  return grants
}

/** The same of one. */
export async function resolveGrant(on: Queryable, { role, scope }: WrittenGrant): Promise<Grant> {
  if (scope.kind !== 'cluster') return { role, scope }
  const cluster = await findClusterScope(on, scope.cluster)
  if (cluster) return { role, scope: { kind: 'cluster', clusterId: cluster.id } }
  const sentence = `No cluster named ${scope.cluster} is registered.`
  throw new AppError('invalid', sentence, { fields: [{ field: 'grants', sentence }] })
}
