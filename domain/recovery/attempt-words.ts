import type { RecoveryAttempt } from './restore-result.ts'

/** Where a recovery stopped, in a sentence, with the last transaction that is in the data. */
export function whereItStopped(
  attempt: Pick<RecoveryAttempt, 'stoppedHow' | 'xid' | 'time' | 'lastCompletedAt' | 'replayedLsn'>,
): string {
  const { stoppedHow, xid, time, lastCompletedAt, replayedLsn } = attempt
  const last =
    lastCompletedAt === null
      ? '. No transaction was replayed, or the log does not tell the last.'
      : `. The last transaction in the data committed at ${lastCompletedAt}.`
  if (stoppedHow === null) {
    return `Recovery came to the end of the WAL${replayedLsn === null ? '' : ` at ${replayedLsn}`}${last}`
  }
  const which = xid === null ? '' : ` of transaction ${xid}`
  return `Recovery stopped ${stoppedHow}${which}${time === null ? '' : `, time ${time}`}${last}`
}
