import { planReinitialise } from '#domain/plan/plan-reinitialise.ts'
import type { ReinitialisePlan } from '#domain/plan/reinitialise-plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { StepOutcome } from '../define.ts'
import { driftOf } from '../engine/drift.ts'
import { freshSnapshot } from '../fresh-snapshot.ts'
import type { ReinitialiseContext } from './context.ts'

/**
 * Asks again, by the same rules and of fresh readings, all that was asked when the operation was requested. What stands in the
 * way must do so for a moment: a single look that failed is no reason to refuse.
 */
export async function recheck(
  context: ReinitialiseContext,
): Promise<{ snapshot: Snapshot; plan: ReinitialisePlan } | Extract<StepOutcome, { kind: 'refused' }>> {
  const { plan } = context.operation
  const { member, force } = plan
  const forbidden = await context.forbidden()
  if (forbidden !== null) return { kind: 'refused', detail: forbidden }
  const giveUpAt = performance.now() + patienceMs
  for (;;) {
    const snapshot = await freshSnapshot(context)
    const known = { snapshot, agents: await context.cluster.agentSights(), stack: null, backup: null }
    const replan = planReinitialise(known, { member, force }, context.now())
    const drift = driftOf(replan, plan)
    if (drift === null && replan.blockers.length === 0) return { snapshot, plan: replan }
    if (performance.now() > giveUpAt) return { kind: 'refused', detail: drift ?? replan.blockers.join(' ') }
  }
}

const patienceMs = 3_000
