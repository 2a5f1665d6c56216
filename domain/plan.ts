import type { BackupPlan } from './backup-plan.ts'
import type { SwitchoverPlan } from './switchover-plan.ts'

/** What an operation is to do, by its kind. */
export type Plan = SwitchoverPlan | BackupPlan

export type PlanKind = Plan['kind']
