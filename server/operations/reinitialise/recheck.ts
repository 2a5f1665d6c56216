import { planReinitialise } from '#domain/plan/plan-reinitialise.ts'
import { recheckPlan } from '../engine/recheck-plan.ts'
import type { ReinitialiseContext } from './context.ts'

/** Holds the plan against fresh readings, what agents see and the rights of whoever asked. */
export function recheck(context: ReinitialiseContext) {
  const { member, force } = context.operation.plan
  return recheckPlan(context, async (snapshot, now) => {
    const agents = await context.cluster.agentSights()
    return planReinitialise({ snapshot, agents, stack: null, backup: null }, { member, force }, now)
  })
}
