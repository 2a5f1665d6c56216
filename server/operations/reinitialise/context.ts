import type { ReinitialisePlan } from '#domain/plan/reinitialise-plan.ts'
import type { StepContext } from '../define.ts'

export type ReinitialiseContext = StepContext<ReinitialisePlan>
