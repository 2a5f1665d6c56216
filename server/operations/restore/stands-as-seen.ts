import type { RecoveryStatus } from '#agent/protocol/results.ts'
import type { RecoveryAttempt } from '#domain/recovery/restore-result.ts'

type Seen = Pick<RecoveryAttempt, 'xid' | 'replayedLsn'>
type Now = Pick<RecoveryStatus, 'stoppedAt' | 'replayedLsn'>

/** Why a recovery is not known to stand where a person looked at it; null where it stands there. */
export function movedSince(seen: Seen | null, now: Now): string | null {
  if (seen === null) return 'Nobody has seen where it stood when the data was looked at.'
  const xid = now.stoppedAt?.xid ?? null
  const isLsnTold = seen.replayedLsn !== null && now.replayedLsn !== null
  const isXidTold = seen.xid !== null && xid !== null
  if (isLsnTold && now.replayedLsn !== seen.replayedLsn) {
    return `It stands at ${now.replayedLsn}, and what was looked at stood at ${seen.replayedLsn}.`
  }
  if (isXidTold && xid !== seen.xid) {
    return `It stopped at transaction ${xid}, and what was looked at had stopped at transaction ${seen.xid}.`
  }
  return isLsnTold || isXidTold ? null : 'Neither its WAL position nor its transaction is told.'
}
