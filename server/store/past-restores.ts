import { fromJson } from '#domain/json.ts'
import type { OperationResult } from '#domain/operation/operation.ts'
import { pastRestoreOf } from '#domain/recovery/past-restore.ts'
import type { Plan } from '#domain/plan/plan.ts'
import type { PastRestore } from '#domain/plan/restore-plan.ts'
import type { Store } from './open.ts'

/** How long a cluster's recoveries and rehearsals took, as far as they tell, newest first, of at most ten. */
export async function pastRestores(store: Store, clusterId: string): Promise<PastRestore[]> {
  const { rows } = await store.pool.query<{ plan: unknown; result: unknown; fetched_ms: number | null }>(
    `select plan, result, (
       select case when count(*) = 2 and bool_and(s.state = 'done')
                   then sum(extract(epoch from s.ended_at - s.started_at))::float8 * 1000 end
         from operation_step s
        where s.operation_id = o.id and (s.name in ('restore', 'recover') or s.name ~ '^(restore|recover)~')
     ) as fetched_ms
       from operation o
      where cluster_id = $1 and kind in ('restore', 'rehearsal') and ended_at is not null
      order by ended_at desc limit 10`,
    [clusterId],
  )
  return rows.flatMap(({ plan, result, fetched_ms: fetchedMs }) =>
    pastRestoreOf({
      plan: fromJson<Plan>(plan),
      result: result === null ? null : fromJson<OperationResult>(result),
      fetchedMs,
    }),
  )
}
