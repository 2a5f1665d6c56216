import { isEnded, rehearsalResultOf, type Operation } from '#domain/operation/operation.ts'
import type { RehearsalSeen } from './rehearsal-findings.ts'

/** What an ended rehearsal says of the backups; null for one that goes on, or that never came to say anything. */
export function rehearsalSeenOf(
  operation: Pick<Operation, 'state' | 'endedAt' | 'outcome' | 'result'>,
): RehearsalSeen | null {
  const { state, endedAt, outcome } = operation
  if (!isEnded(state) || endedAt === null) return null
  const result = rehearsalResultOf(operation.result)
  if (result !== null) return { endedAt, isGood: result.isGood, fault: result.fault }
  return state === 'failed' ? { endedAt, isGood: false, fault: outcome } : null
}
