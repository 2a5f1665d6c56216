import type { PostgresSessions } from '#server/adapters/postgres/sessions.ts'
import type { SignalContext } from './context.ts'

/** True once what was to end has ended: the session, or the statement that it ran when it was looked at. Throws LookError. */
export async function isOver({ facts, operation: { plan }, signal }: SignalContext, sessions: PostgresSessions) {
  const found = await sessions.find(plan, signal)
  if (found === null || plan.act === 'terminate') return found === null
  return found.state !== 'active' || found.queryStart !== facts.queryStart
}
