import type { AgentSight } from '#domain/plan/backup-plan.ts'
import { planRepository } from '#domain/plan/plan-repository.ts'
import type { StepOutcome } from '../define.ts'
import { recheckPlan } from '../engine/recheck-plan.ts'
import type { RepositoryContext } from './context.ts'

/** Why the chore must not be done any more, by its author's rights and fresh readings; null where it may. What stands in the way must do so for a moment. */
export async function recheck(context: RepositoryContext): Promise<Extract<StepOutcome, { kind: 'refused' }> | null> {
  const forbidden = await context.forbidden()
  if (forbidden !== null) return { kind: 'refused', detail: forbidden }
  const { plan } = context.operation
  const gone = `No agent that may be asked is enrolled on ${plan.node} any more.`
  // Reading does not depend on how the cluster is.
  if (plan.kind === 'repository-verify')
    return context.cluster.agent(plan.node) === null ? { kind: 'refused', detail: gone } : null
  const found = await recheckPlan(context, (snapshot, now) =>
    planRepository({ snapshot, agents: sightsOf(context, now), view: null }, plan, now),
  )
  return 'kind' in found ? found : null
}

/** Whether it answers is asked of the agent itself. */
function sightsOf({ cluster, operation }: RepositoryContext, now: Date): AgentSight[] {
  const { node, stanza } = operation.plan
  if (cluster.agent(node) === null) return []
  return [{ node, state: 'enrolled', lockedReason: null, seenAt: now, problem: null, vetoed: [], stanza }]
}
