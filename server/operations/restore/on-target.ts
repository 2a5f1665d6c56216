import type { RecoveryStatus } from '#agent/protocol/results.ts'
import type { RecoveryTarget } from '#domain/backup-choice.ts'

/** Whether a recovery stopped where it was to stop, going by Postgres' own words. */
export function isOnTarget(target: RecoveryTarget, status: RecoveryStatus): boolean {
  const { state, stoppedAt, lastCompletedAt, replayedAt } = status
  if (target.type === 'default') return state === 'promoted' || state === 'paused'
  if (stoppedAt === null || state === 'failed' || state === 'stopped' || state === 'recovering') return false
  switch (target.type) {
    case 'time': {
      const last = momentOf(lastCompletedAt ?? replayedAt)
      return last === null || last <= target.at.getTime()
    }
    case 'xid':
      return stoppedAt.xid === target.value
    case 'lsn':
      return /WAL location|LSN/i.test(stoppedAt.how)
    case 'name':
      return stoppedAt.how.includes(`"${target.value}"`)
    case 'immediate':
      return true
  }
}

/** Milliseconds of a time in Postgres' words, the fraction below them cut off; null where it is none. */
export function momentOf(words: string | null): number | null {
  if (words === null) return null
  const found = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d+)?\s*(?:Z|UTC|GMT|\+00(?::?00)?)$/.exec(words.trim())
  if (!found) return null
  const fraction = (found[3] ?? '.0').slice(0, 4)
  const at = Date.parse(`${found[1]}T${found[2]}${fraction}Z`)
  return Number.isNaN(at) ? null : at
}
