import type { FailoverPlan } from '#domain/plan/failover-plan.ts'
import type { StepContext } from '../define.ts'

/** What a step of a failover is given. */
export type FailoverContext = StepContext<FailoverPlan>

/** Who is to lead; a plan is carried out only with a name. */
export function namedIn({ operation }: FailoverContext): string {
  return operation.plan.candidate ?? ''
}
