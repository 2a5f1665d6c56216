import type { RehearsalPlan } from '#domain/plan/rehearsal-plan.ts'
import type { StepContext } from '../define.ts'

/** What a step of a rehearsal is given. */
export type RehearsalContext = StepContext<RehearsalPlan>
