import type { FailoverPlan } from '#domain/plan/failover-plan.ts'
import { planFailover } from '#domain/plan/plan-failover.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { StepOutcome } from '../define.ts'
import { configuredAddress, notConfigured } from '../leader-address.ts'
import { recheckPlan } from '../engine/recheck-plan.ts'
import type { FailoverContext } from './context.ts'

/** A plan that still holds, and the member whose Patroni is to be asked. */
export interface Rechecked {
  snapshot: Snapshot
  plan: FailoverPlan
  asked: { name: string; url: string }
}

/** Holds the plan against fresh readings and the rights of whoever asked, and finds who is to be asked. */
export async function recheckFailover(
  context: FailoverContext,
): Promise<Rechecked | Extract<StepOutcome, { kind: 'refused' }>> {
  const { candidate, leader } = context.operation.plan
  const found = await recheckPlan(context, (snapshot, now) => planFailover(snapshot, { candidate, now }))
  if ('kind' in found) return found
  // Who has the key carries it out; where nobody has, the named member itself wakes up by the request.
  const name = leader === '' ? (candidate ?? '') : leader
  const url = configuredAddress(context.cluster, found.snapshot, name)
  return url === null ? { kind: 'refused', detail: notConfigured(name) } : { ...found, asked: { name, url } }
}
