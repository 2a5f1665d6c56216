import { fromJson } from '#domain/json.ts'
import type { OperationResult } from '#domain/operation.ts'
import { pastRestoreOf } from '#domain/past-restore.ts'
import type { Plan } from '#domain/plan.ts'
import type { PastRestore } from '#domain/restore-plan.ts'
import type { Store } from './open.ts'

/** How long a cluster's recoveries and rehearsals took, as far as they tell, newest first, at most ten. */
export async function pastRestores(store: Store, clusterId: string): Promise<PastRestore[]> {
  const { rows } = await store.pool.query<{ plan: unknown; result: unknown }>(
    `select plan, result from operation
      where cluster_id = $1 and kind in ('restore', 'rehearsal') and ended_at is not null and result is not null
      order by ended_at desc limit 10`,
    [clusterId],
  )
  return rows.flatMap(({ plan, result }) => pastRestoreOf(fromJson<Plan>(plan), fromJson<OperationResult>(result)))
}
