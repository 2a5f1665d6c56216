import { rehearsalResultOf, type OperationResult } from '#domain/operation/operation.ts'
import type { Plan } from '#domain/plan/plan.ts'
import type { PastRestore } from '#domain/plan/restore-plan.ts'
import { roomFactor } from './restore-room.ts'

/**
 * What an ended recovery or rehearsal tells of how long restores of its cluster take; none where it did not get that far. `fetchedMs`: how long
 * fetching and replaying took by its steps; null where they were not done, or done more than once.
 */
export function pastRestoreOf({
  plan,
  result,
  fetchedMs,
}: {
  plan: Plan
  result: OperationResult | null
  fetchedMs: number | null
}): PastRestore[] {
  const rehearsal = rehearsalResultOf(result)
  if (rehearsal !== null) return known(rehearsal.restoredBytes, rehearsal.recoveryMs)
  // Over data that was there already it takes less.
  if (plan.kind !== 'restore' || plan.wayBack !== 'aside' || plan.space.neededBytes === null) return []
  return known(plan.space.neededBytes / roomFactor, fetchedMs)
}

function known(bytes: number | null, ms: number | null): PastRestore[] {
  return bytes === null || ms === null || bytes <= 0 || ms <= 0 ? [] : [{ bytes: Math.round(bytes), ms }]
}
