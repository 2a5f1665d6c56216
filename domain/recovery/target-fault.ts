import type { RecoveryTarget } from './backup-choice.ts'

/** What is wrong with a target as it was written; null = nothing. */
export function targetFault(target: RecoveryTarget): string | null {
  const timeline = target.type === 'immediate' ? null : target.timeline
  if (timeline !== null && !isTimeline(timeline)) return 'A timeline is a whole number from 1 on.'
  switch (target.type) {
    case 'time':
      return Number.isNaN(target.at.getTime()) ? 'The moment is none that can be read.' : null
    case 'lsn':
      return Number.isSafeInteger(target.lsn) && target.lsn > 0 ? null : 'The WAL position is none, like 0/B000180.'
    case 'xid':
      return xidForm.test(target.value) ? null : `${target.value} is no number of a transaction.`
    case 'name':
      return nameForm.test(target.value)
        ? null
        : `${target.value} is no name of a restore point that an agent takes: letters, digits, and _ . : - or a blank, at most 63.`
    case 'immediate':
    case 'default':
      return null
  }
}

function isTimeline(timeline: number): boolean {
  return Number.isInteger(timeline) && timeline >= 1 && timeline <= 0xff_ff_ff_ff
}

const xidForm = /^[1-9]\d{0,9}$/
const nameForm = /^[A-Za-z0-9_][A-Za-z0-9_ .:-]{0,62}$/
