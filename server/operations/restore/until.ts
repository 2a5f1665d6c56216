import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#server/errors.ts'
import type { StepContext, StepOutcome } from '../define.ts'

/** What a look at something found: what was waited for, or what stands in the way, in a sentence. */
export type Look<T> =
  | { found: T }
  | {
      not: string
      /** Work is under way there, for which this is waited at least, ms; Infinity = as long as it takes. */
      patienceMs?: number
      /** Whether a copy of the data is being made; absent where that was not seen. */
      isCopying?: boolean
      /** It has been tried often enough: nobody waits any longer. */
      isInVain?: boolean
    }

/**
 * Looks until what is waited for is there; a look that brings nothing counts as not yet. Ends as `cancelled` where somebody wants that and the step
 * can still be called off, and as `failed` with what stood in the way last.
 */
export async function untilFound<T>(
  context: Pick<StepContext, 'cancelAskedBy' | 'say' | 'signal'>,
  {
    what,
    withinMs,
    everyMs = 250,
    mayCancel = true,
  }: { what: string; withinMs: number; everyMs?: number; mayCancel?: boolean },
  look: () => Promise<Look<T>>,
): Promise<{ found: T } | Extract<StepOutcome, { kind: 'failed' | 'cancelled' }>> {
  const beganAt = performance.now()
  let idleSince = beganAt
  let told = ''
  for (;;) {
    const seen = await look().catch(problemOf)
    if ('found' in seen) return seen
    if (mayCancel) {
      const asker = await context.cancelAskedBy()
      if (asker !== null)
        return { kind: 'cancelled', detail: `${asker} cancelled it while it was waited until ${what}.` }
    }
    if (seen.patienceMs === Infinity) idleSince = performance.now()
    const waitedMs = performance.now() - beganAt
    if (seen.isInVain) return { kind: 'failed', detail: seen.not }
    if (performance.now() - idleSince > Math.max(withinMs, seen.patienceMs ?? 0)) {
      return {
        kind: 'failed',
        detail: `Waited ${Math.round((performance.now() - idleSince) / 1000)} s until ${what}, in vain. ${seen.not}`,
      }
    }
    if (seen.not !== told && waitedMs > quietMs) context.say(seen.not)
    if (waitedMs > quietMs) told = seen.not
    await sleep(everyMs, undefined, { signal: context.signal })
  }
}

/** For so long whatever is not there yet is nothing worth telling. */
const quietMs = 3_000

function problemOf(error: unknown): Exclude<Look<never>, { found: never }> {
  if (error instanceof AppError && error.code !== 'internal') return { not: error.message }
  throw error
}
