import type { RecoveryAttempt } from '#domain/recovery/restore-result.ts'

/** Where a recovery stopped, as Postgres' log has it: `before commit of transaction 741, 2026-11-25 14:03:01.2+00`. */
export function stopSentence({ stoppedHow, xid, time }: RecoveryAttempt): string {
  if (stoppedHow === null) return 'Postgres did not tell where'
  const of = xid === null ? '' : ` of transaction ${xid}`
  return `${stoppedHow}${of}${time === null ? '' : `, ${time}`}`
}
