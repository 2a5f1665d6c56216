import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import type { StepContext } from '../define.ts'

/** What a step of a recovery in place is given. */
export type RestoreContext = StepContext<RestorePlan>
