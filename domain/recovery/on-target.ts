import type { RecoveryTarget } from './backup-choice.ts'
import { parseLsn } from '#domain/lsn.ts'
import { postgresMicroseconds } from './postgres-time.ts'
import type { RecoveryAttempt } from './restore-result.ts'

/** Where a recovery stopped, as Postgres' log tells it. */
export type StoppedWhere = Pick<RecoveryAttempt, 'stoppedHow' | 'xid' | 'time' | 'lastCompletedAt'>

/**
 * Whether a recovery stopped where it was to, going by Postgres' own words (xlogrecovery.c recoveryStopsBefore and recoveryStopsAfter). What cannot be
 * told counts as no: then a person looks at it.
 */
export function isOnTarget(stopped: StoppedWhere, target: RecoveryTarget): boolean {
  const how = stopped.stoppedHow ?? ''
  switch (target.type) {
    case 'default':
      return stopped.stoppedHow === null
    case 'immediate':
      return /\breaching consistency\b/.test(how)
    case 'name':
      return how === `at restore point "${target.value}"`
    case 'xid':
      return isBeside(how, target.isExclusive) && /\b(?:commit|abort)\b/.test(how) && stopped.xid === target.value
    case 'lsn':
      return isBeside(how, target.isExclusive) && isAtLsn(how, target.lsn)
    case 'time':
      return isBeforeFirstLater(stopped, target.at)
  }
}

/** A target that is left out is stopped before, any other after. */
function isBeside(how: string, isExclusive: boolean | undefined): boolean {
  return how.startsWith(isExclusive ? 'before ' : 'after ')
}

/** The record that is named begins at the target or is the first after it. */
function isAtLsn(how: string, wanted: number): boolean {
  const at = parseLsn(/WAL location \(LSN\) "([^"]+)"/.exec(how)?.[1] ?? '')
  return at !== null && at >= wanted
}

/** At a moment Postgres stops before the first transaction that ended later; whatever the data holds must have ended by then. */
function isBeforeFirstLater({ stoppedHow, time, lastCompletedAt }: StoppedWhere, at: Date): boolean {
  if (!/^before (?:commit|abort)\b/.test(stoppedHow ?? '')) return false
  const wanted = at.getTime() * 1000
  const stoppedAt = postgresMicroseconds(time)
  const last = postgresMicroseconds(lastCompletedAt)
  return stoppedAt !== null && stoppedAt > wanted && (lastCompletedAt === null || (last !== null && last <= wanted))
}
