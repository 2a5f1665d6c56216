import { clockSkewLimitMs, isOpen, type Agent, type NodeAgent } from './agent.ts'
import { agentHeardMs } from './agent-silence.ts'
import { formatAge, formatDuration } from '#domain/format.ts'

export type AgentState = 'none' | 'invited' | 'enrolled' | 'unreachable' | 'stale' | 'locked'

export interface AgentWords {
  state: AgentState
  sentence: string
  /** What to do about it; null while nothing is to be done. */
  advice: string | null
}

/** How a node's agent is, in words, and what to do. */
export function agentWords({ node, agent, invitation }: NodeAgent, now: Date): AgentWords {
  if (agent?.state === 'locked') {
    return {
      state: 'locked',
      sentence: agent.lockedReason ?? 'It is locked.',
      advice: `Nothing is asked of it any more. Find out why on ${node}; then invite it anew.`,
    }
  }
  if (agent) return wordsOf(agent, now)
  if (invitation && isOpen(invitation, now)) {
    const sentence = `Invited by ${invitation.createdBy}; the console looks for it on ${invitation.address}.`
    return { state: 'invited', sentence: withRefusal(sentence, invitation.refusal), advice: invitation.problem }
  }
  const unused = invitation !== null && (invitation.outcome === 'expired' || invitation.endedAt === null)
  return {
    state: 'none',
    sentence: withRefusal(
      unused ? 'No agent: its invitation expired unused.' : 'No agent.',
      invitation?.refusal ?? null,
    ),
    advice: null,
  }
}

function wordsOf(agent: Agent, now: Date): AgentWords {
  if (agent.problem !== null) {
    return {
      state: 'unreachable',
      sentence: agent.problem,
      advice: `Look at the agent on ${agent.node}: that it runs, listens on ${agent.address} and can be reached from the worker.`,
    }
  }
  if (agent.seenAt === null || now.getTime() - agent.seenAt.getTime() > agentHeardMs) {
    return {
      state: 'stale',
      sentence: agent.seenAt ? `Not asked for ${formatAge(agent.seenAt, now)}.` : 'Not asked yet.',
      advice: agent.seenAt ? 'No worker looks at this cluster: see that one runs.' : null,
    }
  }
  const skewMs = agent.clockSkewMs ?? 0
  if (Math.abs(skewMs) > clockSkewLimitMs) {
    const side = skewMs > 0 ? 'ahead of' : 'behind'
    return {
      state: 'enrolled',
      sentence: `It answers, but its clock is ${formatDuration(Math.abs(skewMs))} ${side} the console's.`,
      advice: `Set the clock of ${agent.node}: past 30 s its agent refuses every request.`,
    }
  }
  return { state: 'enrolled', sentence: 'It answers.', advice: null }
}

function withRefusal(sentence: string, refusal: string | null): string {
  return refusal === null ? sentence : `${sentence} Turned away: ${refusal}`
}
