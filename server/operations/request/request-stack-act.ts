import type pg from 'pg'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { StackPlan } from '#domain/plan/plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import type { Store } from '#server/store/open.ts'
import { reasonFaults, refuseFaults } from './refuse-faults.ts'
import { type ApprovalWish, requestOperation } from './request-operation.ts'

/** A wish for a command on a layer around the cluster, its input already checked. */
export interface StackRequest {
  actor: AuditRecord['actor']
  cluster: Pick<ClusterConfig, 'id' | 'name'>
  kind: StackPlan['kind']
  reason: string
  /** What was typed to confirm it; null = nothing. */
  confirm: string | null
  /** Made by the client: the same key of the same actor is the same request. */
  idempotencyKey: string | null
  /** Asks for the approval of others, or acts alone. */
  approval?: ApprovalWish | undefined
  /** Name of the procedure. */
  action: string
  target: string
  asked: unknown
  isSameWish: (known: StackPlan) => boolean
  /** Made of the newest pictures; a sentence where something else that is under way excludes it. */
  plan: (given: {
    tx: pg.PoolClient
    snapshot: Snapshot
    now: Date
  }) => Promise<{ plan: StackPlan; excluded: string | null }>
}

/** Asks for it; throws AppError `invalid` by field, and RecordedError. */
export async function requestStackAct(store: Store, request: StackRequest): Promise<Operation> {
  refuseFaults(reasonFaults(request.reason))
  const { kind, confirm, isSameWish, plan: makePlan, ...rest } = request
  return requestOperation(store, {
    ...rest,
    kind,
    isSameWish: ({ plan }) => isOfKind(plan, kind) && isSameWish(plan),
    async plan(given) {
      const { plan, excluded } = await makePlan(given)
      return { plan, drift: excluded ?? unconfirmed(plan, confirm) }
    },
  })
}

function isOfKind(plan: Operation['plan'], kind: StackPlan['kind']): plan is StackPlan {
  return plan.kind === kind
}

/** The plan that is carried out says what must be typed, not the one that was shown. */
function unconfirmed(plan: StackPlan, typed: string | null): string | null {
  if (plan.confirm === null || plan.confirm === typed || plan.blockers.length > 0) return null
  return `Look at what it does now, and type ${plan.confirm} to confirm it. ${plan.warnings.join(' ')}`.trim()
}
