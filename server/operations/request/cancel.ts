import type pg from 'pg'
import type { Operation, OperationStep } from '#domain/operation/operation.ts'
import { isEnded } from '#domain/operation/operation.ts'
import { reasonFault } from '#domain/reason.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { recordAudit } from '#server/audit/record.ts'
import { AppError } from '#server/errors.ts'
import { notify } from '#server/store/notify.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { readOperation } from '#server/store/operations.ts'
import { definitionOf } from '../catalogue.ts'
import { actOf } from '../define.ts'
import { targetOf } from '../engine/end.ts'
import { RecordedError } from '../engine/recorded-error.ts'

/**
 * Asks an operation to end before its point of no return; its worker does so between two steps, or ends what
 * runs where that can be ended. Throws AppError `not-found`
 * `invalid` for its reason, and RecordedError `refused` once it is past that point.
 */
export async function requestCancel(
  store: Store,
  request: { actor: AuditRecord['actor']; id: string; reason: string },
): Promise<Operation> {
  const fault = reasonFault(request.reason)
  if (fault !== null) throw new AppError('invalid', fault, { fields: [{ field: 'reason', sentence: fault }] })
  const answer = await inTransaction(store, async (tx) => {
    const operation = await lockOperation(tx, request.id)
    if (!operation) throw new AppError('not-found', `There is no operation ${request.id}.`)
    const refusal = whyNot(operation)
    await recordAudit(tx, {
      actor: request.actor,
      action: 'operations.cancel',
      target: targetOf(operation),
      cluster: { id: operation.clusterId, name: operation.clusterName },
      reason: request.reason.trim(),
      outcome: refusal === null ? 'requested' : 'refused',
      operationId: operation.id,
      detail:
        refusal === null ? { kind: operation.kind } : { kind: operation.kind, code: 'refused', sentence: refusal },
    })
    if (refusal !== null) return { refusal, operation }
    await tx.query('update operation set cancel_asked_by = $2 where id = $1', [operation.id, request.actor.name])
    await notify(tx, { kind: 'operation', clusterId: operation.clusterId, id: operation.id })
    return { refusal, operation }
  })
  if (answer.refusal !== null) throw new RecordedError('refused', answer.refusal)
  return answer.operation
}

// The worker holds the same row while it commits the intent of a step, so the two cannot pass each other.
async function lockOperation(tx: pg.PoolClient, id: string): Promise<Operation | null> {
  await tx.query('select 1 from operation where id::text = $1 for update', [id])
  return readOperation(tx, id)
}

function whyNot(operation: Operation): string | null {
  if (isEnded(operation.state)) return `It has ended already: ${operation.outcome ?? operation.state}`
  if (operation.question) {
    const ways = operation.question.ways.map(({ title }) => `"${title}"`)
    return `It waits for a decision and does nothing until then. Decide instead: ${ways.join(', ')}.`
  }
  const definition = definitionOf(operation)
  const actNamed = (name: string) => definition?.acts[actOf(name)]
  const isCrossed = (name: string) => actNamed(name)?.act === 'effect' && !definition?.canBeTakenBack?.(actOf(name))
  const crossed = operation.steps.find(({ name, state }) => isCrossed(name) && isTouched(state))
  if (!crossed) return null
  const follower = operation.steps.find(({ name }) => {
    const act = actNamed(name)
    return act?.act === 'look' && act.follows === crossed.name
  })
  if (follower) {
    if (follower.state === 'pending' || follower.state === 'running') return null
    return `There is nothing left to cancel: "${follower.title}" has ended. See how the operation ends.`
  }
  return `It is past its point of no return ("${crossed.title}") and cannot be called back. ${operation.plan.pointOfNoReturn}`
}

function isTouched(state: OperationStep['state']): boolean {
  return state !== 'pending' && state !== 'skipped'
}
