import type pg from 'pg'
import type { ClusterEvent } from '#domain/event.ts'
import { verbOf } from '#domain/operation/operation-words.ts'
import {
  switchoverResultOf,
  type Operation,
  type OperationResult,
  type OperationState,
} from '#domain/operation/operation.ts'
import { isLeadPlan } from '#domain/plan/plan.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { recordAudit } from '#server/audit/record.ts'
import { tellEvents } from '#server/store/tell-events.ts'
import { notify } from '#server/store/notify.ts'
import { readOperation } from '#server/store/operations.ts'
import { storableJson, storableText } from './storable.ts'

/** How an operation ended. */
export interface End {
  state: Extract<OperationState, 'succeeded' | 'failed' | 'refused' | 'cancelled' | 'unknown'>
  /** One sentence that agrees with the world. */
  outcome: string
  result: OperationResult | null
}

/**
 * Writes the end of an operation whose row the transaction holds: state, steps that were not reached, audit record, event and
 * notices, all or nothing.
 */
export async function writeEnd(
  tx: pg.PoolClient,
  operationId: string,
  end: End,
  actor: AuditRecord['actor'],
): Promise<void> {
  await tx.query(
    `update operation_step
        set state = case when started_at is null then 'skipped' else 'unknown' end,
            ended_at = case when started_at is null then null else clock_timestamp() end
      where operation_id = $1 and ended_at is null`,
    [operationId],
  )
  const operation = await readOperation(tx, operationId)
  if (!operation) throw new Error(`There is no operation ${operationId}.`)
  const cluster = { id: operation.clusterId, name: operation.clusterName }
  const given = { clusterId: cluster.id, clusterName: cluster.name }
  await tellEvents(tx, given, [endedEvent(operation, end)], operationId)
  await tx.query(
    `update operation set state = $2, outcome = $3, result = $4, question = null, ended_at = clock_timestamp() where id = $1`,
    [operationId, end.state, storableText(end.outcome), end.result === null ? null : storableJson(end.result)],
  )
  await recordAudit(tx, {
    actor,
    action: `operations.${operation.kind}`,
    target: targetOf(operation),
    cluster,
    reason: operation.reason,
    outcome: end.state === 'succeeded' ? 'done' : end.state,
    operationId,
    detail: {
      outcome: end.outcome,
      plan: operation.plan,
      planHash: operation.planHash,
      ...(operation.approval && { approvals: operation.approval.decisions, need: operation.approval.need }),
      ...(operation.isBreakGlass && { breakGlass: true }),
      steps: operation.steps.map(({ n, name, title, state, startedAt, endedAt, detail }) => ({
        n,
        name,
        title,
        state,
        startedAt,
        endedAt,
        detail,
      })),
      before: { leader: operation.plan.leader, timeline: operation.plan.timeline },
      after: end.result,
      executor: operation.executor,
      epoch: operation.epoch,
    },
  })
  await notify(tx, { kind: 'operation', clusterId: cluster.id, id: operationId })
}

/** What an operation is about, as the audit log names it. */
export function targetOf({ clusterName, plan }: { clusterName: string; plan: Target }): string {
  if ('ofOperation' in plan) return clusterName
  if ('registration' in plan) return clusterName
  if ('aim' in plan) return `${clusterName}: ${plan.aim}`
  if ('node' in plan) return `${clusterName}/${plan.node === '' ? 'no node' : plan.node}`
  const { leader, candidate } = plan
  // A failover where nobody leads is from nobody.
  const from = leader === '' ? clusterName : `${clusterName}/${leader}`
  return candidate === null ? from : `${from} to ${candidate}`
}

type Target =
  | { leader: string; candidate: string | null }
  | { node: string }
  | { ofOperation: string }
  | { aim: string }
  | { registration: string }

const severities = {
  succeeded: 'info',
  cancelled: 'info',
  refused: 'warning',
  failed: 'warning',
  unknown: 'critical',
} as const satisfies Record<End['state'], ClusterEvent['severity']>

function endedEvent(operation: Operation, end: End): ClusterEvent {
  return {
    kind: 'operation-ended',
    at: new Date(),
    member: memberIn(operation, end),
    severity: severities[end.state],
    sentence: sentenceOf(operation, end),
    from: operation.state,
    to: end.state,
    sources: ['console'],
  }
}

/** Among other events, the end of a request that never ran says what it was about. */
function sentenceOf({ state, kind, requestedBy }: Operation, { outcome }: End): string {
  return state === 'proposed' ? `${requestedBy.name} asked for ${verbOf(kind)}: ${outcome}` : outcome
}

/** The member that an event of the end is about. */
function memberIn({ plan }: Operation, { result }: End): string | null {
  if (isLeadPlan(plan)) return switchoverResultOf(result)?.newLeader ?? null
  if (plan.kind === 'signal-backend') return plan.member
  if (plan.kind === 'reinitialise') return plan.member
  return 'node' in plan ? plan.node : null
}
