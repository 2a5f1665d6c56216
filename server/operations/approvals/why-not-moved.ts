import type { Operation } from '#domain/operation/operation.ts'
import { clusterScopeOf } from '#server/store/cluster-scope.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { neededNow } from './needed.ts'

/**
 * Why a recovery goes to the target that it was planned for and to no other: somebody else approved that one, or would have to approve another by the
 * policies as they stand. Null = whoever decides may move it; who broke the glass answers for it alone.
 */
export async function whyNotMoved(
  on: Queryable,
  { clusterId, kind, approval, isBreakGlass }: Pick<Operation, 'clusterId' | 'kind' | 'approval' | 'isBreakGlass'>,
): Promise<string | null> {
  if (isBreakGlass) return null
  if (approval !== null) return `It was approved for one target alone. ${instead}`
  const need = await neededNow(on, await clusterScopeOf(on, clusterId), kind)
  if (need === null) return null
  return `By the policy ${need.policies.join(' and ')} another person would have to approve another target. ${instead}`
}

const instead = 'To recover to another moment, bring the old cluster back and ask anew.'
