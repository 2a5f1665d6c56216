import { rehearsalResultOf, restoreResultOf, type OperationResult } from './operation.ts'
import type { Plan } from './plan.ts'
import type { PastRestore } from './restore-plan.ts'

/** What an ended recovery or rehearsal tells of how long restores of its cluster take; none where it did not get that far. */
export function pastRestoreOf(plan: Plan, result: OperationResult): PastRestore[] {
  const rehearsal = rehearsalResultOf(result)
  if (rehearsal !== null) return known(rehearsal.restoredBytes, rehearsal.recoveryMs)
  const restore = restoreResultOf(result)
  if (restore === null || plan.kind !== 'restore') return []
  // A recovery that went to a second moment tells of two, one in the other.
  if (restore.attempts.length !== 1) return []
  const ms = restore.phases.filter(({ name }) => fetching.has(name)).reduce((sum, phase) => sum + phase.ms, 0)
  return known(plan.space.neededBytes, ms)
}

const fetching: ReadonlySet<string> = new Set(['restore', 'recover'])

function known(bytes: number | null, ms: number | null): PastRestore[] {
  return bytes === null || ms === null || bytes <= 0 || ms <= 0 ? [] : [{ bytes, ms }]
}
