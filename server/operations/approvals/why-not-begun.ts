import type pg from 'pg'
import { breakGlassFault, breakGlassSentence } from '#domain/approvals/break-glass.ts'
import { needSentence } from '#domain/approvals/policy.ts'
import type { ClusterScope } from '#domain/people/grant.ts'
import { verbOf } from '#domain/operation/operation-words.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { recordAudit } from '#server/audit/record.ts'
import { clusterScopeOf } from '#server/store/cluster-scope.ts'
import { tellEvents } from '#server/store/tell-events.ts'
import { notify } from '#server/store/notify.ts'
import { findActor, scheduleActor, whyForbidden } from '../request/actor.ts'
import { definitionOf } from '../catalogue.ts'
import { targetOf } from '../engine/end.ts'
import { neededNow } from './needed.ts'
import { requestDetail } from './plan-record.ts'
import { readRequest } from './read-request.ts'

/**
 * Why an operation that no step of has begun must not, by the policies and approvals as they stand in the worker's own transaction; null = it may. Nothing
 * that the web tier wrote is believed: who approved is read from rows that only workers write. Where one person acts alone, everybody is told.
 */
export async function whyNotBegun(tx: pg.PoolClient, operation: Operation): Promise<string | null> {
  const where = await clusterScopeOf(tx, operation.clusterId)
  const need = await neededNow(tx, where, operation.kind)
  if (operation.isBreakGlass) {
    const fault = breakGlassFault(need, operation.reason) ?? (await whyNotAlone(tx, operation, where))
    if (fault === null) await tellBreakGlass(tx, operation)
    return fault === null ? null : `${fault} Nothing was done.`
  }
  if (operation.approval === null) {
    if (need === null || isBySchedule(operation)) return null
    return `${needSentence(need)} It was not asked for approval, so nothing was done.`
  }
  const request = await readRequest(tx, operation, new Date())
  if (request === null || request.standing.kind === 'approved') return null
  if (request.standing.kind === 'over') return request.standing.sentence
  return `${needSentence(need ?? operation.approval.need)} ${request.standing.missing === 1 ? 'An approval is' : 'Approvals are'} missing, so nothing was done.`
}

/** A rehearsal that is due by its schedule takes nothing away, and no data out; of whatever else, no schedule asks. */
function isBySchedule({ requestedBy, plan }: Operation): boolean {
  return requestedBy.id === scheduleActor.id && plan.kind === 'rehearsal' && plan.extract === null
}

async function whyNotAlone(tx: pg.PoolClient, operation: Operation, where: ClusterScope): Promise<string | null> {
  const permission = definitionOf(operation)?.permission
  if (operation.requestedBy.id === scheduleActor.id) return 'A schedule cannot act alone.'
  if (!permission) return null
  return whyForbidden(await findActor({ pool: tx }, operation.requestedBy), permission, where)
}

async function tellBreakGlass(tx: pg.PoolClient, operation: Operation): Promise<void> {
  // Told by the run that begins it, and by none that takes it over.
  const told = await tx.query(`select 1 from event where operation_id = $1 and kind = 'glass-broken' limit 1`, [
    operation.id,
  ])
  if (told.rows.length > 0) return
  const { clusterId, clusterName, requestedBy, kind, reason } = operation
  const doing = `${verbOf(kind)} on ${clusterName}`
  await tellEvents(
    tx,
    { clusterId, clusterName },
    [
      {
        kind: 'glass-broken',
        at: new Date(),
        member: null,
        severity: 'critical',
        sentence: breakGlassSentence(requestedBy.name, doing, reason),
        from: null,
        to: null,
        sources: ['console'],
      },
    ],
    operation.id,
  )
  await notify(tx, { kind: 'alerts', clusterId })
  await recordAudit(tx, {
    actor: (await findActor({ pool: tx }, requestedBy)).record,
    action: 'operations.breakGlass',
    target: targetOf(operation),
    cluster: { id: clusterId, name: clusterName },
    reason,
    outcome: 'done',
    operationId: operation.id,
    detail: requestDetail(operation, { breakGlass: true }),
  })
}
