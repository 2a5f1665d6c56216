import type { RecoveryAttempt } from '#domain/recovery/restore-result.ts'
import type { Aim } from './aim.ts'
import { parseLsn } from '#domain/lsn.ts'
import { postgresMicroseconds } from '#domain/recovery/postgres-time.ts'

/** True where recovery can go on to a new target from where it stands: later on the same line, and it has not begun to take writes. */
export function goesOn(given: { from: Aim; to: Aim; attempt: RecoveryAttempt | null; isPromoted: boolean }): boolean {
  const { from, to, attempt, isPromoted } = given
  if (isPromoted || attempt === null || to.targetTimeline !== from.targetTimeline) return false
  switch (to.target.type) {
    case 'time': {
      const reached = postgresMicroseconds(attempt.lastCompletedAt)
      const isLater = reached !== null && to.target.at.getTime() * 1000 > reached
      return isLater && (from.target.type !== 'time' || to.target.at > from.target.at)
    }
    case 'lsn': {
      const reached = parseLsn(attempt.replayedLsn ?? '')
      return reached !== null && to.target.lsn > reached
    }
    case 'default':
      return true
    // Where a transaction or a name lies nobody can tell: it may lie behind.
    case 'xid':
    case 'name':
    case 'immediate':
      return false
  }
}
