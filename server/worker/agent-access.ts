import { type CallKey, unbound } from '#server/adapters/agent/call.ts'
import { askVerb } from '#server/adapters/agent/call-verb.ts'
import { AgentRefusal } from '#server/adapters/agent/refusal.ts'
import { type AgentAccess, OldEpochError } from '#server/operations/agent-access.ts'
import type { StoredAgent } from '#server/store/agents.ts'

/** The agent of a node as operations may ask it: each request signed anew, and what it refuses told in the codes they know. */
export function agentAccess(agent: StoredAgent, key: CallKey): AgentAccess {
  const ask: AgentAccess['ask'] = async (verb, args, binding, signal) => {
    try {
      return await askVerb({ agent, key, verb, args, binding: binding ?? unbound, now: new Date(), signal })
    } catch (error) {
      if (!(error instanceof AgentRefusal) || error.refusal !== 'old-epoch') throw error
      throw new OldEpochError(error.message, { cause: error })
    }
  }
  return { node: agent.node, ask }
}
