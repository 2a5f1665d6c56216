import { inTransaction, type Store } from '#server/store/open.ts'
import { nextEpoch } from '#server/store/workers.ts'
import type { Run } from './fence.ts'
import { holdOperation } from './journal.ts'
import { untilStored } from './until-stored.ts'

/**
 * Gives a run the next epoch of its cluster, in the run and in the store. Throws FencedError where the operation is not the
 * run's any more: a process that was declared dead cannot draw itself a valid one.
 */
export async function renewEpoch(store: Store, run: Run): Promise<void> {
  run.epoch = await untilStored(() =>
    inTransaction(store, async (tx) => {
      await holdOperation(tx, run)
      const epoch = await nextEpoch(tx, run.clusterId)
      await tx.query('update operation set epoch = $2 where id = $1', [run.operationId, epoch])
      return epoch
    }),
  )
}
