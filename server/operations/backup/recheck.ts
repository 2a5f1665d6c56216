import type { AgentSight, BackupPlan } from '#domain/plan/backup-plan.ts'
import { planBackup } from '#domain/plan/plan-backup.ts'
import type { StepOutcome } from '../define.ts'
import { driftOf } from '../engine/drift.ts'
import { freshSnapshot } from '../fresh-snapshot.ts'
import type { BackupContext } from './context.ts'

/** Holds the plan against fresh readings and its author's rights; what stands in the way must do so for a moment. */
export async function recheck(
  context: BackupContext,
): Promise<{ plan: BackupPlan } | Extract<StepOutcome, { kind: 'refused' }>> {
  const { plan } = context.operation
  const forbidden = await context.forbidden()
  if (forbidden !== null) return { kind: 'refused', detail: forbidden }
  const giveUpAt = performance.now() + patienceMs
  for (;;) {
    const snapshot = await freshSnapshot(context)
    const now = context.now()
    const replan = planBackup(snapshot, sightsOf(context, now), plan, now)
    const drift = driftOf(replan, plan)
    const fault = drift ?? moved(context, replan) ?? (replan.blockers.join(' ') || null)
    if (fault === null) return { plan: replan }
    if (performance.now() > giveUpAt) return { kind: 'refused', detail: fault }
  }
}

const patienceMs = 3_000

/** Whether it answers is asked of the agent itself; only the one that was confirmed may be asked. */
function sightsOf({ cluster, operation }: BackupContext, now: Date): AgentSight[] {
  const { node } = operation.plan
  if (cluster.agent(node) === null) return []
  return [{ node, state: 'enrolled', lockedReason: null, seenAt: now, problem: null, vetoed: [] }]
}

/** Where the node itself is no longer what it was chosen for. */
function moved({ cluster, operation }: BackupContext, replan: BackupPlan): string | null {
  const { node } = operation.plan
  if (replan.node === node || cluster.agent(node) === null) return null
  return `The plan was to run pgBackRest on ${node}, which does not follow any more. Look at the cluster again before you act.`
}
