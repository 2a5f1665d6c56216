import type { Operation } from '#domain/operation/operation.ts'
import type { RunningBackup } from '#domain/plan/plan-switchover/planning.ts'

/** What a plan to move the lead is told of the backup operation that is under way; null where there is none. */
export function runningBackupOf(operation: Operation | null): RunningBackup | null {
  if (operation?.plan.kind !== 'backup') return null
  const { plan, requestedBy, requestedAt } = operation
  return { leader: plan.leader, requestedBy: requestedBy.name, requestedAt }
}
