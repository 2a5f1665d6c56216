import type { LeadPlan } from '#domain/plan/plan.ts'
import type { StepContext } from '../define.ts'

/** What a step is given that is about who leads, whichever way the lead is to move. */
export type LeadContext = StepContext<LeadPlan>
