import type { BackupPlan } from './backup-plan.ts'
import type { FailoverPlan } from './failover-plan.ts'
import type { HaproxyPlan } from './haproxy-plan.ts'
import type { PoolerCommandPlan, PoolerPausePlan } from './pooler-plan.ts'
import type { RehearsalPlan } from './rehearsal-plan.ts'
import type { ReinitialisePlan } from './reinitialise-plan.ts'
import type { ReleasePlan } from './release-plan.ts'
import type { RemovalPlan } from './removal-plan.ts'
import type { RepositoryPlan } from './repository-plan.ts'
import type { RestorePlan } from './restore-plan.ts'
import type { SignalPlan } from './signal-plan.ts'
import type { SwitchoverPlan } from './switchover-plan.ts'

/** What an operation is to do, by its kind. */
export type Plan =
  | LeadPlan
  | BackupPlan
  | RestorePlan
  | RehearsalPlan
  | RepositoryPlan
  | ReleasePlan
  | ReinitialisePlan
  | RemovalPlan
  | StackPlan

/** Moves the lead: by the hand of whoever has it, or to whoever is named where nobody works. */
export type LeadPlan = SwitchoverPlan | FailoverPlan

/** Acts on one of the layers around the cluster, not on who leads it or what it holds. */
export type StackPlan = SignalPlan | HaproxyPlan | PoolerPausePlan | PoolerCommandPlan

export type PlanKind = Plan['kind']

/** A plan that moves the lead, now or at a time, or calls that off. */
export function isSwitchoverPlan(plan: Plan): plan is SwitchoverPlan {
  return (
    plan.kind === 'switchover' || plan.kind === 'schedule-switchover' || plan.kind === 'cancel-scheduled-switchover'
  )
}

/** A plan that is about who leads. */
export function isLeadPlan(plan: Plan): plan is LeadPlan {
  return plan.kind === 'failover' || isSwitchoverPlan(plan)
}
