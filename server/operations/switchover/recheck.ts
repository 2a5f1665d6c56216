import { planSwitchover } from '#domain/plan/plan-switchover.ts'
import { recheckPlan } from '../engine/recheck-plan.ts'
import type { SwitchoverContext } from './context.ts'

/** Holds a plan to move the lead by the hand of whoever has it against fresh readings. */
export function recheck(context: SwitchoverContext) {
  const { kind, candidate, scheduledAt } = context.operation.plan
  return recheckPlan(context, (snapshot, now) => planSwitchover(snapshot, { kind, candidate, scheduledAt, now }))
}
