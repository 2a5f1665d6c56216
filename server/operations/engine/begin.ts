import type { Operation } from '#domain/operation/operation.ts'
import { notify } from '#server/store/notify.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { readOperation } from '#server/store/operations.ts'
import { findWorker, nextEpoch, type WorkerIdentity } from '#server/store/workers.ts'
import { whyNotBegun } from '../approvals/why-not-begun.ts'
import { FencedError, type Run } from './fence.ts'
import { startWithinMs } from './start-within.ts'
import { untilStored } from './until-stored.ts'

export type Begun =
  | { kind: 'begun'; run: Run; operation: Operation; lane: string; isTooLate: boolean; forbidden: string | null }
  /** It ended before; nothing is left to do. */
  | { kind: 'over' }

/**
 * Makes this process the one that runs the operation: under the next epoch of its cluster, so that every earlier run of it is
 * fenced off. Throws FencedError when this process was itself declared dead.
 */
export async function beginRun(store: Store, worker: WorkerIdentity, operationId: string): Promise<Begun> {
  return untilStored(() =>
    inTransaction(store, async (tx) => {
      const self = await findWorker(tx, worker.executorId, 'locked')
      if (self?.bootId !== worker.bootId || self.state !== 'live') throw new FencedError({ operationId })
      const { rows } = await tx.query<{ cluster_id: string; cluster_name: string; lane: string; waited_ms: number }>(
        `select cluster_id, cluster_name, lane,
                extract(epoch from clock_timestamp() - coalesce(released_at, requested_at))::float8 * 1000 as waited_ms
           from operation where id = $1 and ended_at is null and state <> 'proposed' for update`,
        [operationId],
      )
      const [row] = rows
      if (!row) return { kind: 'over' }
      const epoch = await nextEpoch(tx, row.cluster_id)
      await tx.query(
        `update operation set state = 'running', started_at = coalesce(started_at, clock_timestamp()),
                executor_id = $2, epoch = $3 where id = $1`,
        [operationId, worker.executorId, epoch],
      )
      await notify(tx, { kind: 'operation', clusterId: row.cluster_id, id: operationId })
      const operation = await readOperation(tx, operationId)
      if (!operation) throw new Error(`Operation ${operationId} vanished while it was locked.`)
      const run = { operationId, clusterId: row.cluster_id, clusterName: row.cluster_name, epoch, worker }
      const isUntouched = operation.steps.every((step) => step.startedAt === null)
      const isTooLate = isUntouched && row.waited_ms > startWithinMs(operation)
      // What has begun goes on: its approvals were looked at when it did.
      const forbidden = isUntouched && !isTooLate ? await whyNotBegun(tx, operation) : null
      return { kind: 'begun', run, operation, lane: row.lane, isTooLate, forbidden }
    }),
  )
}
