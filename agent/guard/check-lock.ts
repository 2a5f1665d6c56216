import { RefusedError } from '#agent/refused-error.ts'
import type { AgentState } from '#agent/state/agent-state.ts'

/** Refuses everything while the agent is locked. */
export function checkLock(state: AgentState): void {
  const locked = state.enrolled?.enrolment.locked
  if (locked) throw new RefusedError('locked', `This agent is locked since ${locked.at}: ${locked.sentence}`)
}
