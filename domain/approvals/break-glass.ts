import { reasonWithin } from '#domain/reason.ts'
import { count } from '#domain/words.ts'
import type { Need } from './policy.ts'

/** Acting alone asks for more than a word. */
export const breakGlassReasonMin = 20

/** Why nobody may act alone here, or the reason does not do; null = it may be done. */
export function breakGlassFault(need: Need | null, reason: string): string | null {
  if (need === null) return null
  if (!need.allowsBreakGlass)
    return `The policy ${need.policies.join(' and ')} lets nobody act alone. Ask for approval.`
  return breakGlassReasonFault(reason)
}

/** What is wrong with the reason of whoever acts alone; null = nothing. */
export function breakGlassReasonFault(reason: string): string | null {
  if (reason.trim().length >= breakGlassReasonMin) return null
  return `Say why you act alone, in at least ${count(breakGlassReasonMin, 'character')}: it is told to everybody and kept for ever.`
}

/** What everybody is told. */
export function breakGlassSentence(who: string, doing: string, reason: string): string {
  return `${who} broke the glass: ${doing} without approval, because “${reasonWithin(reason)}”.`
}
