import { type Need, needOf } from '#domain/approvals/policy.ts'
import { policyActOf } from '#domain/approvals/policy-act.ts'
import type { ClusterScope } from '#domain/people/grant.ts'
import type { OperationKind } from '#domain/operation/operation.ts'
import { listPolicies } from '#server/store/approvals/policies.ts'
import type { Queryable } from '#server/store/queryable.ts'

/** What an operation of this kind needs on the cluster by the policies as they stand; null = no approval. */
export async function neededNow(on: Queryable, cluster: ClusterScope, kind: OperationKind): Promise<Need | null> {
  const act = policyActOf(kind)
  if (act === null) return null
  const policies = await listPolicies(on)
  return needOf(policies, act, cluster)
}
