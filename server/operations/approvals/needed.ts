import { type Need, needOf } from '#domain/approvals/policy.ts'
import { policyActOf } from '#domain/approvals/policy-act.ts'
import type { OperationKind } from '#domain/operation.ts'
import { listPolicies } from '#server/store/approvals/policies.ts'
import type { Queryable } from '#server/store/queryable.ts'

/** What an operation of this kind needs on the cluster by the policies as they stand; null = no approval. */
export async function neededNow(on: Queryable, clusterId: string, kind: OperationKind): Promise<Need | null> {
  const act = policyActOf(kind)
  if (act === null) return null
  const policies = await listPolicies(on)
  if (policies.length === 0) return null
  const { rows } = await on.query<{ labels: string[] }>('select labels from cluster where id = $1', [clusterId])
  return needOf(policies, act, { id: clusterId, labels: rows[0]?.labels ?? [] })
}
