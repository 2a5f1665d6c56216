import { planSwitchover } from '#domain/plan-switchover.ts'
import type { Snapshot } from '#domain/snapshot.ts'
import type { SwitchoverPlan } from '#domain/switchover-plan.ts'
import type { StepOutcome } from './define.ts'
import type { SwitchoverContext } from './switchover/context.ts'
import { driftOf } from './drift.ts'
import { freshSnapshot } from './fresh-snapshot.ts'

/**
 * Asks again, by the same rules and of fresh readings, all that was asked when the operation was requested. What stands in the
 * way must do so for a moment: a single look that failed, or a collector that has just begun, is no reason to refuse.
 */
export async function recheck(
  context: SwitchoverContext,
): Promise<{ snapshot: Snapshot; plan: SwitchoverPlan } | Extract<StepOutcome, { kind: 'refused' }>> {
  const { plan } = context.operation
  const { kind, candidate, scheduledAt } = plan
  const forbidden = await context.forbidden()
  if (forbidden !== null) return { kind: 'refused', detail: forbidden }
  const giveUpAt = performance.now() + patienceMs
  for (;;) {
    const snapshot = await freshSnapshot(context)
    const now = context.now()
    const replan = planSwitchover(snapshot, { kind, candidate, scheduledAt, now })
    const drift = driftOf(replan, plan)
    if (drift === null && replan.blockers.length === 0) return { snapshot, plan: replan }
    if (performance.now() > giveUpAt) return { kind: 'refused', detail: drift ?? replan.blockers.join(' ') }
  }
}

const patienceMs = 3_000
