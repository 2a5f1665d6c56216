import { count } from './words.ts'

/** How long the reason of an act may be, in characters: enough to say something, short enough to be read. */
export const reasonLength = { min: 3, max: 500 } as const

/** What is wrong with a reason as typed, in a sentence; null while nothing is. */
export function reasonFault(typed: string): string | null {
  const { length } = typed.trim()
  const { min, max } = reasonLength
  if (length === 0) return 'Say why: the audit log keeps it.'
  if (length < min) return `Say why, in at least ${count(min, 'character')}: the audit log keeps it.`
  return length > max ? `At most ${count(max, 'character')}; these are ${length}.` : null
}

/** A reason as it stands within a sentence: without the full stop of its own. */
export function reasonWithin(reason: string): string {
  return reason.trim().replace(/\.$/, '')
}
