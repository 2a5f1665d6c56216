import type { RecoveryTarget } from './backup-choice.ts'
import { targetFault } from './target-fault.ts'

/** True for a value that has all that its type of target takes, each in its form. */
export function isRecoveryTarget(value: unknown): value is RecoveryTarget {
  if (typeof value !== 'object' || value === null || !('type' in value) || typeof value.type !== 'string') return false
  return hasParts(value, value.type) && targetFault(value) === null
}

/** Whether a value of the right kind is one that there can be is another question. */
function hasParts(value: object, type: string): value is RecoveryTarget {
  const given: Record<string, unknown> = { ...value }
  const parts = Object.hasOwn(partsOf, type) ? partsOf[type] : undefined
  return parts !== undefined && Object.entries(parts).every(([name, isSound]) => isSound(given[name]))
}

type Sound = (value: unknown) => boolean

const isNumber: Sound = (value) => typeof value === 'number'
const isText: Sound = (value) => typeof value === 'string'
const isDate: Sound = (value) => value instanceof Date && !Number.isNaN(value.getTime())
const orUndefined =
  (isSound: Sound): Sound =>
  (value) =>
    value === undefined || isSound(value)
const timeline: Sound = (value) => value === null || isNumber(value)
const set: Sound = (value) =>
  value === null || (typeof value === 'string' && /^\d{8}-\d{6}F(_\d{8}-\d{6}[DI])?$/.test(value))
const isExclusive = orUndefined((value) => typeof value === 'boolean')

const partsOf: Record<string, Record<string, Sound>> = {
  time: { at: isDate, timeline },
  lsn: { lsn: isNumber, timeline, isExclusive },
  xid: { value: isText, set, timeline, isExclusive, at: orUndefined(isDate) },
  name: { value: isText, set, timeline, at: orUndefined(isDate) },
  immediate: { set },
  default: { timeline },
} satisfies Record<RecoveryTarget['type'], Record<string, Sound>>
