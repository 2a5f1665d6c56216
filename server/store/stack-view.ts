import { fromJson } from '#domain/json.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { notify } from './notify.ts'
import { inTransaction, type Store } from './open.ts'

/** What the deep looks at a cluster's layers last said; null before the first. */
export async function readStack(store: Store, clusterId: string): Promise<StackView | null> {
  const { rows } = await store.pool.query<{ body: unknown }>('select body from stack_view where cluster_id = $1', [
    clusterId,
  ])
  return rows[0] === undefined ? null : fromJson<StackView>(rows[0].body)
}

/** Keeps the newest view and tells of it. False when the lease is another's by now, or the cluster was removed. */
export async function saveStack(
  store: Store,
  { clusterId, executorId, stack }: { clusterId: string; executorId: string; stack: StackView },
): Promise<boolean> {
  return inTransaction(store, async (tx) => {
    const lease = await tx.query('select from cluster_lease where cluster_id = $1 and executor_id = $2 for share', [
      clusterId,
      executorId,
    ])
    if (lease.rowCount !== 1) return false
    await tx.query(keepStack, [clusterId, stack.takenAt, JSON.stringify(stack)])
    await notify(tx, { kind: 'stack', clusterId })
    return true
  })
}

const keepStack = `
  insert into stack_view (cluster_id, taken_at, body) values ($1, $2, $3)
  on conflict (cluster_id) do update set taken_at = excluded.taken_at, body = excluded.body`
