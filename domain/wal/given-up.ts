import type { BackupChoice, RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { formatInstant } from '#domain/format.ts'

/** What a recovery gives up of the current line: all after its target, or after the place where it leaves that line. */
export interface GivenUp {
  /** Where recovery stops, as a place in WAL. */
  target: Extract<RecoveryTarget, { type: 'time' | 'lsn' | 'xid' | 'name' }>
  /** Where it leaves the line; null = nowhere. */
  leftLsn: number | null
  /** WAL is read from what was archived at this moment, or from this position, whichever is earlier; at least one of them is said. */
  fromAt: Date | null
  fromLsn: number | null
}

/** What is given up by a recovery to a target with the chosen backup; a sentence where nothing is, or nobody can tell from where to count. */
export function givenUpOf(
  target: RecoveryTarget,
  { backup }: Pick<Extract<BackupChoice, { kind: 'chosen' }>, 'backup'>,
  leftLsn: number | null,
): GivenUp | string {
  switch (target.type) {
    case 'time':
      return { target, leftLsn, fromAt: target.at, fromLsn: leftLsn }
    case 'lsn':
      return { target, leftLsn, fromAt: null, fromLsn: Math.min(target.lsn, leftLsn ?? target.lsn) }
    case 'xid':
    case 'name': {
      const { at } = target
      if (at !== undefined) return { target, leftLsn, fromAt: at, fromLsn: leftLsn }
      // It lies somewhere after the backup.
      const { lsnStop } = backup
      if (lsnStop === null) return unknownStart(backup)
      return { target, leftLsn, fromAt: null, fromLsn: Math.min(lsnStop, leftLsn ?? lsnStop) }
    }
    case 'immediate':
      return backup.lsnStop === null
        ? unknownStart(backup)
        : fromPosition(Math.min(backup.lsnStop, leftLsn ?? backup.lsnStop))
    case 'default':
      return leftLsn === null
        ? 'Recovery to the end of the archive gives up nothing that is archived: there is nothing to count.'
        : fromPosition(leftLsn)
  }
}

function fromPosition(lsn: number): GivenUp {
  return { target: { type: 'lsn', lsn, timeline: null, isExclusive: true }, leftLsn: null, fromAt: null, fromLsn: lsn }
}

function unknownStart({ label, stoppedAt }: { label: string; stoppedAt: Date }): string {
  return `Where backup ${label} of ${formatInstant(stoppedAt)} ended in WAL is not known, so nobody can tell from where to count.`
}
