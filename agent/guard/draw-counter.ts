import { RefusedError } from '#agent/refused-error.ts'
import type { AgentState } from '#agent/state/agent-state.ts'
import { checkLock } from './check-lock.ts'

/**
 * Draws the next number of the status counter. A number that this agent never drew was drawn by another one with the same
 * keys: then neither can be trusted, and this one locks itself.
 */
export async function drawCounter(state: AgentState, given: number, nowMs: number): Promise<number> {
  checkLock(state)
  const at = new Date(nowMs).toISOString()
  let known = given
  const after = await state.update((before) => {
    known = before.counter
    if (before.locked) return before
    if (given > before.counter) return { ...before, locked: { at, sentence: clonedSentence(given, before.counter) } }
    // One less: the answers since were lost on their way, however many; the number that was drawn for them stands.
    return given === before.counter ? { ...before, counter: before.counter + 1 } : before
  })
  if (after.locked) throw new RefusedError('cloned', after.locked.sentence)
  if (given >= known - 1) return after.counter
  throw new RefusedError(
    'conflict',
    `The console knows status number ${given}, this agent is at ${known}: the console's store was set back, or another ` +
      'console asks with its key. Find out which, then enrol this node anew.',
  )
}

function clonedSentence(given: number, known: number): string {
  return (
    `The console knows status number ${given}, this agent drew ${known} at most: another agent runs with a copy of its ` +
    'keys, or its state folder was set back. Find the copy, stop this agent and enrol the node anew.'
  )
}
