import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'
import type { StepContext } from '../define.ts'

/** What a step that moves the lead, or schedules that, is given. */
export type SwitchoverContext = StepContext<SwitchoverPlan>
