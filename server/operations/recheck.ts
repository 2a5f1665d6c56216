import { planSwitchover } from '#domain/plan-switchover.ts'
import type { Snapshot } from '#domain/snapshot.ts'
import type { SwitchoverPlan } from '#domain/switchover-plan.ts'
import type { StepContext, StepOutcome } from './define.ts'
import { driftOf } from './drift.ts'
import { freshSnapshot } from './fresh-snapshot.ts'

/** Asks again, by the same rules and of fresh readings, all that was asked when the operation was requested. */
export async function recheck(
  context: StepContext,
): Promise<{ snapshot: Snapshot; plan: SwitchoverPlan } | Extract<StepOutcome, { kind: 'refused' }>> {
  const { plan, kind } = context.operation
  const forbidden = await context.forbidden()
  if (forbidden !== null) return { kind: 'refused', detail: forbidden }
  const snapshot = await freshSnapshot(context)
  const now = context.now()
  const replan = planSwitchover(snapshot, { kind, candidate: plan.candidate, scheduledAt: plan.scheduledAt, now })
  const drift = driftOf(replan, plan)
  if (drift !== null) return { kind: 'refused', detail: drift }
  if (replan.blockers.length > 0) return { kind: 'refused', detail: replan.blockers.join(' ') }
  return { snapshot, plan: replan }
}
