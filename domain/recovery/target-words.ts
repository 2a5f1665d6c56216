import type { RecoveryTarget } from './backup-choice.ts'
import { formatLsn } from '#domain/format.ts'

/** A target as a sentence names it: `2026-11-25 14:03:00.000 UTC`, `just before transaction 741`. */
export function targetWords(target: RecoveryTarget): string {
  return `${targetName(target)}${timelineWords(target)}`
}

function targetName(target: RecoveryTarget): string {
  switch (target.type) {
    case 'time':
      return exactInstant(target.at)
    case 'lsn':
      return `${target.isExclusive ? 'just before ' : ''}WAL position ${formatLsn(target.lsn)}`
    case 'xid':
      return `just ${target.isExclusive ? 'before' : 'after'} transaction ${target.value}`
    case 'name':
      return `restore point "${target.value}"`
    case 'immediate':
      return target.set === null ? 'the end of the newest backup' : `the end of backup ${target.set}`
    case 'default':
      return 'the end of the archive'
  }
}

/** A moment in UTC to the millisecond: `2026-11-25 14:03:00.000 UTC`. */
export function exactInstant(at: Date): string {
  if (Number.isNaN(at.getTime())) return 'unknown'
  return `${at.toISOString().slice(0, 23).replace('T', ' ')} UTC`
}

function timelineWords(target: RecoveryTarget): string {
  const timeline = target.type === 'immediate' ? null : target.timeline
  return timeline === null ? '' : ` on timeline ${timeline}`
}
