import type { ArgsOf } from '#agent/protocol/verbs.ts'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { formatLsn } from '#domain/format.ts'

type WireTarget = ArgsOf<'pgbackrest-restore'>['target']
type Stop = Extract<RecoveryTarget, { type: 'time' | 'lsn' | 'xid' | 'name' }>

/** A target as agents are told it; moments in UTC, as other forms are read in some machine's own zone. */
export function wireTarget(target: RecoveryTarget): WireTarget {
  switch (target.type) {
    case 'immediate':
    case 'default':
      return { type: target.type }
    case 'time':
    case 'lsn':
    case 'xid':
    case 'name':
      return wireStop(target)
  }
}

/** A target that is a place in WAL, likewise. */
export function wireStop(target: Stop): Exclude<WireTarget, { type: 'immediate' | 'default' }> {
  switch (target.type) {
    case 'time':
      return {
        type: 'time',
        value: `${target.at.toISOString().replace('T', ' ').replace('Z', '')}+00`,
        exclusive: false,
      }
    case 'lsn':
      return { type: 'lsn', value: formatLsn(target.lsn), exclusive: target.isExclusive ?? false }
    case 'xid':
      return { type: 'xid', value: target.value, exclusive: target.isExclusive ?? false }
    case 'name':
      return { type: 'name', value: target.value }
  }
}
