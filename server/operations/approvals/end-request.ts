import type pg from 'pg'
import type { RequestStanding } from '#domain/approvals/judge-request.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { recordAudit } from '#server/audit/record.ts'
import { findActor } from '../request/actor.ts'
import { targetOf, writeEnd } from '../engine/end.ts'
import { consoleActor } from './console-actor.ts'
import { requestDetail } from './plan-record.ts'

/** Ends a request that will not be run any more, in the transaction that holds its row; what nobody did is recorded as the console's. */
export async function endRequest(
  tx: pg.PoolClient,
  operation: Operation,
  over: Extract<RequestStanding, { kind: 'over' }>,
): Promise<void> {
  if (over.why === 'expired' || over.why === 'void') {
    await recordAudit(tx, {
      actor: consoleActor,
      action: over.why === 'expired' ? 'approvals.expire' : 'approvals.void',
      target: targetOf(operation),
      cluster: { id: operation.clusterId, name: operation.clusterName },
      reason: operation.reason,
      outcome: 'done',
      operationId: operation.id,
      detail: requestDetail(operation, { sentence: over.sentence }),
    })
  }
  const actor = (await findActor({ pool: tx }, operation.requestedBy)).record
  const state = over.why === 'withdrawn' ? 'cancelled' : 'refused'
  await writeEnd(tx, operation.id, { state, outcome: over.sentence, result: null }, actor)
}
