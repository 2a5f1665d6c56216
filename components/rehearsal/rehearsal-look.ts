import type { Tone } from '#components/ui/state-mark.tsx'
import type { RehearsalResult } from '#domain/rehearsal/rehearsal-result.ts'

/** What a rehearsal came to, as icon and word. */
export function lookOfRehearsal({ isGood }: Pick<RehearsalResult, 'isGood'>): { tone: Tone; word: string } {
  return isGood ? { tone: 'ok', word: 'good' } : { tone: 'bad', word: 'not good' }
}
