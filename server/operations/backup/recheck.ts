import type { AgentSight, BackupPlan } from '#domain/plan/backup-plan.ts'
import { planBackup } from '#domain/plan/plan-backup.ts'
import { recheckPlan } from '../engine/recheck-plan.ts'
import type { BackupContext } from './context.ts'

/** Holds the plan against fresh readings and its author's rights. */
export function recheck(context: BackupContext) {
  return recheckPlan(
    context,
    (snapshot, now) => planBackup(snapshot, sightsOf(context, now), context.operation.plan, now),
    (replan) => moved(context, replan),
  )
}

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
