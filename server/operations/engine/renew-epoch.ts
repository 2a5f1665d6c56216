import { inTransaction, type Store } from '#server/store/open.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { nextEpoch } from '#server/store/workers.ts'
import type { Run } from './fence.ts'
import { holdOperation } from './journal.ts'
import { untilStored } from './until-stored.ts'

/**
 * Gives a run the next epoch of its cluster, in the run and in the store. Throws FencedError where the operation is not the
 * run's any more: a process that was declared dead cannot draw itself a valid one.
 */
export async function renewEpoch(store: Store, run: Run): Promise<void> {
  let mayBeStored = false
  run.epoch = await untilStored(() =>
    inTransaction(store, async (tx) => {
      const stored = mayBeStored ? await storedEpoch(tx, run) : null
      if (stored !== null) return stored
      await holdOperation(tx, run)
      const epoch = await nextEpoch(tx, run.clusterId)
      await tx.query('update operation set epoch = $2 where id = $1', [run.operationId, epoch])
      mayBeStored = true
      return epoch
    }),
  )
}

/** The epoch that was drawn before and whose answer got lost; null where none was, or the operation is not this worker's. */
async function storedEpoch(tx: Queryable, run: Run): Promise<number | null> {
  const { rows } = await tx.query<{ epoch: number | string }>(
    `select o.epoch from operation o join worker w on w.executor_id = o.executor_id
      where o.id = $1 and o.epoch > $2 and o.ended_at is null
        and w.executor_id = $3 and w.boot_id = $4 and w.state = 'live' for update of o`,
    [run.operationId, run.epoch, run.worker.executorId, run.worker.bootId],
  )
  return rows[0] === undefined ? null : Number(rows[0].epoch)
}
