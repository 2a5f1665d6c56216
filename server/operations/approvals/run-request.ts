import { formatInstant } from '#domain/format.ts'
import { verbOf } from '#domain/operation/operation-words.ts'
import { laneOf } from '#domain/operation/operation.ts'
import { recordAudit } from '#server/audit/record.ts'
import { AppError } from '#server/errors.ts'
import { notify } from '#server/store/notify.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { readActiveOperation } from '#server/store/operations.ts'
import { findActor } from '../request/actor.ts'
import { targetOf } from '../engine/end.ts'
import { enqueueOperation } from '../engine/queue.ts'
import { excludedNow } from './excluded-now.ts'
import { endRequest } from './end-request.ts'
import { holdRequest } from './hold-request.ts'
import { requestDetail } from './plan-record.ts'

/**
 * Worker side: lets a request go ahead that has all its approvals, for whoever asked for it and nobody else. It takes its lane and is put into
 * the queue in one transaction, under its own id: asked for twice, it is run once. Throws AppError with the sentence to be told.
 */
export async function runRequest(
  store: Store,
  { operationId, userId }: { operationId: string; userId: string },
): Promise<void> {
  const answer = await inTransaction(store, async (tx) => {
    const { operation, request } = await holdRequest(tx, operationId)
    const { asked, standing } = request
    if (userId !== asked.requester.id) return refused(`${asked.requester.name} asked for this, and alone can run it.`)
    if (standing.kind === 'over') {
      await endRequest(tx, operation, standing)
      return refused(standing.sentence)
    }
    if (standing.kind === 'open') {
      const { missing } = standing
      return refused(
        `${missing === 1 ? 'One approval is' : `${missing} approvals are`} missing still. Nothing was done.`,
      )
    }
    const lane = laneOf(operation.kind)
    const holder = await readActiveOperation(tx, operation.clusterId, lane)
    if (holder) {
      const { requestedBy, kind, requestedAt } = holder
      return refused(
        `${requestedBy.name} has been ${verbOf(kind)} on ${operation.clusterName} since ${formatInstant(requestedAt)}. Run this when that has ended; it is approved until ${formatInstant(standing.untilAt)}.`,
      )
    }
    const excluded = await excludedNow(tx, operation)
    if (excluded !== null) return refused(excluded)
    // Where another takes the lane at this moment, the unique index refuses this and all of it is undone.
    await tx.query(`update operation set state = 'planned', lane = $2, released_at = clock_timestamp() where id = $1`, [
      operation.id,
      lane,
    ])
    await enqueueOperation(store, tx, operation.id)
    await recordAudit(tx, {
      actor: (await findActor({ pool: tx }, operation.requestedBy)).record,
      action: 'approvals.run',
      target: targetOf(operation),
      cluster: { id: operation.clusterId, name: operation.clusterName },
      reason: operation.reason,
      outcome: 'requested',
      operationId: operation.id,
      detail: requestDetail(operation),
    })
    await notify(tx, { kind: 'operation', clusterId: operation.clusterId, id: operation.id })
    return null
  }).catch((error: unknown) => {
    if (isLaneTaken(error)) return refused('Somebody else began something on this cluster at this moment. Try again.')
    throw error
  })
  if (answer !== null) throw new AppError('refused', answer.refusal)
}

function refused(refusal: string): { refusal: string } {
  return { refusal }
}

function isLaneTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505'
}
