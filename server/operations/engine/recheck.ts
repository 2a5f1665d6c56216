import { planSwitchover } from '#domain/plan/plan-switchover.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'
import type { LeadPlan } from '#domain/plan/plan.ts'
import type { StepContext, StepOutcome } from '../define.ts'
import type { SwitchoverContext } from '../switchover/context.ts'
import { driftOf } from './drift.ts'
import { freshSnapshot } from '../fresh-snapshot.ts'

type Rechecked<P> = { snapshot: Snapshot; plan: P } | Extract<StepOutcome, { kind: 'refused' }>

/** Holds a plan to move the lead by the hand of whoever has it against fresh readings. */
export function recheck(context: SwitchoverContext): Promise<Rechecked<SwitchoverPlan>> {
  const { kind, candidate, scheduledAt } = context.operation.plan
  return recheckLead(context, (snapshot, now) => planSwitchover(snapshot, { kind, candidate, scheduledAt, now }))
}

/**
 * Asks again, by the same rules and of fresh readings, all that was asked when the operation was requested. What stands in the
 * way must do so for a moment: a single look that failed, or a collector that has just begun, is no reason to refuse.
 */
export async function recheckLead<P extends LeadPlan>(
  context: StepContext<P>,
  planAnew: (snapshot: Snapshot, now: Date) => P,
): Promise<Rechecked<P>> {
  const { plan } = context.operation
  const forbidden = await context.forbidden()
  if (forbidden !== null) return { kind: 'refused', detail: forbidden }
  const giveUpAt = performance.now() + patienceMs
  for (;;) {
    const snapshot = await freshSnapshot(context)
    const replan = planAnew(snapshot, context.now())
    const drift = driftOf(replan, plan)
    if (drift === null && replan.blockers.length === 0) return { snapshot, plan: replan }
    if (performance.now() > giveUpAt) return { kind: 'refused', detail: drift ?? replan.blockers.join(' ') }
  }
}

const patienceMs = 3_000
