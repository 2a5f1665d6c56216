import type { OperationKind, OperationState } from '#domain/operation/operation.ts'
import type { Queryable } from './queryable.ts'

/** Bytes that the console's own store takes on its disk. */
export async function storeBytes(on: Queryable): Promise<number> {
  const { rows } = await on.query<{ bytes: string | number }>('select pg_database_size(current_database()) as bytes')
  return Number(rows[0]?.bytes)
}

/** Operations that are asked for or under way. */
export interface OperationCount {
  kind: OperationKind
  state: OperationState
  count: number
  /** Since the longest of them was asked for. */
  oldestSeconds: number
}

/** The operations on these clusters that have not ended, by kind and state. */
export async function countOperations(on: Queryable, clusterIds: readonly string[]): Promise<OperationCount[]> {
  const { rows } = await on.query<OperationCount>(
    `select kind, state, count(*)::int as count,
            extract(epoch from clock_timestamp() - min(requested_at))::float8 as "oldestSeconds"
       from operation where state in ('planned', 'running', 'waiting') and cluster_id = any($1)
      group by 1, 2 order by 1, 2`,
    [clusterIds],
  )
  return rows
}
