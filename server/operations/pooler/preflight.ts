import type { PoolerCommandPlan, PoolerPausePlan } from '#domain/plan/pooler-plan.ts'
import type { StepContext, StepOutcome } from '../define.ts'

/** Looks whether it may still be done, and that each node has an agent. */
export async function preflight(context: StepContext<PoolerPausePlan | PoolerCommandPlan>): Promise<StepOutcome> {
  const forbidden = await context.forbidden()
  if (forbidden !== null) return { kind: 'refused', detail: forbidden }
  const { nodes } = context.operation.plan
  const lone = nodes.filter((node) => context.cluster.agent(node) === null)
  if (lone.length > 0) return { kind: 'refused', detail: `No agent can be asked on ${lone.join(', ')} now.` }
  return { kind: 'done', detail: `The agents on ${nodes.join(', ')} can be asked.` }
}
