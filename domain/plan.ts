import type { BackupPlan } from './backup-plan.ts'
import type { HaproxyPlan } from './haproxy-plan.ts'
import type { PoolerCommandPlan, PoolerPausePlan } from './pooler-plan.ts'
import type { RehearsalPlan } from './rehearsal-plan.ts'
import type { ReleasePlan } from './release-plan.ts'
import type { RemovalPlan } from './removal-plan.ts'
import type { RepositoryPlan } from './repository-plan.ts'
import type { RestorePlan } from './restore-plan.ts'
import type { SignalPlan } from './signal-plan.ts'
import type { SwitchoverPlan } from './switchover-plan.ts'

/** What an operation is to do, by its kind. */
export type Plan =
  | SwitchoverPlan
  | BackupPlan
  | RestorePlan
  | RehearsalPlan
  | RepositoryPlan
  | ReleasePlan
  | RemovalPlan
  | StackPlan

/** Acts on one of the layers around the cluster, not on who leads it or what it holds. */
export type StackPlan = SignalPlan | HaproxyPlan | PoolerPausePlan | PoolerCommandPlan

export type PlanKind = Plan['kind']

/** A plan that moves the lead, now or at a time, or calls that off. */
export function isSwitchoverPlan(plan: Plan): plan is SwitchoverPlan {
  return (
    plan.kind === 'switchover' || plan.kind === 'schedule-switchover' || plan.kind === 'cancel-scheduled-switchover'
  )
}
