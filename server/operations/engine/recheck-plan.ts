import type { Plan } from '#domain/plan/plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { StepContext, StepOutcome } from '../define.ts'
import { driftOf } from './drift.ts'
import { freshSnapshot } from '../fresh-snapshot.ts'

type Rechecked<P> = { snapshot: Snapshot; plan: P } | Extract<StepOutcome, { kind: 'refused' }>

/**
 * Asks again, by the same rules and of fresh readings, all that was asked when the operation was requested. What stands in the
 * way must do so for a moment: a single look that failed, or a collector that has just begun, is no reason to refuse.
 */
export async function recheckPlan<P extends Plan>(
  context: StepContext<P>,
  planAnew: (snapshot: Snapshot, now: Date) => P | Promise<P>,
  /** What else of the new plan stands in the way, before its blockers. */
  faultIn: (replan: P) => string | null = () => null,
): Promise<Rechecked<P>> {
  const { plan } = context.operation
  const forbidden = await context.forbidden()
  if (forbidden !== null) return { kind: 'refused', detail: forbidden }
  const giveUpAt = performance.now() + patienceMs
  for (;;) {
    const snapshot = await freshSnapshot(context)
    const replan = await planAnew(snapshot, context.now())
    const fault = driftOf(replan, plan) ?? faultIn(replan) ?? (replan.blockers.join(' ') || null)
    if (fault === null) return { snapshot, plan: replan }
    if (performance.now() > giveUpAt) return { kind: 'refused', detail: fault }
  }
}

const patienceMs = 3_000
