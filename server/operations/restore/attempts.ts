import type { RecoveryAttempt } from '#domain/restore-result.ts'
import type { RestoreCourse } from './standing.ts'

/** Of the newest recovery that was looked at; null where none was since. */
export function lastAttempt({ facts, ended }: Pick<RestoreCourse, 'facts' | 'ended'>): RecoveryAttempt | null {
  const step = ended.findLast(({ name }) => name.startsWith('inspect'))
  return (step && facts.restore?.attempts?.[step.name]) ?? null
}

/** Where a recovery stopped, in a sentence. */
export function whereItStopped({ stoppedHow, xid, time, lastCompletedAt, replayedLsn }: RecoveryAttempt): string {
  const last = lastCompletedAt === null ? '' : `; the last transaction in the data committed at ${lastCompletedAt}`
  if (stoppedHow === null)
    return `Recovery came to the end of what is archived${replayedLsn === null ? '' : ` (${replayedLsn})`}${last}.`
  const which = xid === null ? '' : ` of transaction ${xid}`
  return `Recovery stopped ${stoppedHow}${which}${time === null ? '' : ` (${time})`}${last}.`
}
