import type { RecoveryAttempt } from '#domain/restore-result.ts'
import type { RestoreCourse } from './standing.ts'

/** Of the newest recovery that was looked at; null where none was since. */
export function lastAttempt({ facts, ended }: Pick<RestoreCourse, 'facts' | 'ended'>): RecoveryAttempt | null {
  const step = ended.findLast(({ name }) => name.startsWith('inspect'))
  return (step && facts.restore?.attempts?.[step.name]) ?? null
}
