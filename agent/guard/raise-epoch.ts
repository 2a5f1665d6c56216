import { RefusedError } from '#agent/refused-error.ts'
import type { AgentState } from '#agent/state/agent-state.ts'

/** Refuses a fenced-off worker; remembers the epoch of the one that may act before it acts. */
export async function raiseEpoch(state: AgentState, epoch: number): Promise<void> {
  let highest = epoch
  await state.update((before) => {
    highest = before.highestEpoch
    return epoch > highest ? { ...before, highestEpoch: epoch } : before
  })
  if (epoch >= highest) return
  throw new RefusedError(
    'old-epoch',
    `Another worker took over: this request has epoch ${epoch}, and ${highest} was seen. Do not repeat it.`,
  )
}
