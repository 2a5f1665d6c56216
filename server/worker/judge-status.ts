import { clockSkewLimitMs } from '#domain/agent/agent.ts'
import type { AgentEventKind, ClusterEvent } from '#domain/event.ts'
import { formatAge, formatDuration } from '#domain/format.ts'
import { PinMismatch } from '#server/adapters/agent/connect.ts'
import { AgentRefusal } from '#server/adapters/agent/refusal.ts'
import type { AgentStatus } from '#server/adapters/agent/status.ts'
import type { AgentChange } from '#server/store/agent-changes.ts'
import type { StoredAgent } from '#server/store/agents.ts'
import { toldRefusals } from './told-refusals.ts'

/** How a look at an agent came out. */
export type AgentLook =
  | { status: AgentStatus; /** In the middle between question and answer. */ at: Date }
  | { error: Error; at: Date }

export interface AgentJudgement {
  change: AgentChange
  events: ClusterEvent[]
}

/** What a look changes in what is known of an agent, and what is to be told. */
export function judgeStatus(agent: StoredAgent, look: AgentLook): AgentJudgement {
  if ('error' in look) return judgeError(agent, look.error, look.at)
  const { status, at } = look
  if (status.agentId !== agent.id) {
    const sentence = `The agent on ${agent.address} calls itself another than the one that was enrolled for ${agent.node}.`
    return lock(agent, at, 'agent-cloned', sentence)
  }
  if (status.counter < agent.counter) return lock(agent, at, 'agent-cloned', cloneSentence(agent))
  return judgeAnswer(agent, status, at)
}

function judgeAnswer(agent: StoredAgent, status: AgentStatus, at: Date): AgentJudgement {
  const clockSkewMs = Math.round(clamp(status.clock * 1000 - at.getTime()))
  const refusals = toldRefusals(agent, status.refusals, new Date(at.getTime() + clockSkewMs))
  const events = [...backEvents(agent, at), ...clockEvents(agent, clockSkewMs, at), ...refusals.events]
  return {
    change: {
      version: status.version,
      counter: status.counter,
      seenAt: at,
      problem: null,
      problemSince: null,
      isProblemTold: false,
      stanza: status.stanza,
      vetoed: status.vetoed,
      clockSkewMs,
      refusalsToldAt: refusals.toldAt,
    },
    events,
  }
}

function judgeError(agent: StoredAgent, error: Error, at: Date): AgentJudgement {
  if (error instanceof PinMismatch) {
    const sentence = `The agent of ${agent.node} on ${agent.address} shows another certificate than it was enrolled with: it was set up anew, or something else answers in its place.`
    return lock(agent, at, 'agent-certificate-changed', sentence)
  }
  if (error instanceof AgentRefusal && error.refusal === 'cloned') {
    return lock(agent, at, 'agent-cloned', cloneSentence(agent))
  }
  if (error instanceof AgentRefusal && error.refusal === 'locked') return lock(agent, at, 'agent-cloned', error.message)
  const isSkewed = error instanceof AgentRefusal && error.refusal === 'clock-skew'
  // One lost answer is no news; a second in a row is.
  const isNews = agent.problemSince !== null && !agent.isProblemTold
  const kind = isSkewed ? 'agent-clock-skewed' : 'agent-unreachable'
  return {
    change: {
      problem: error.message,
      problemSince: agent.problemSince ?? at,
      isProblemTold: agent.isProblemTold || isNews,
    },
    events: isNews ? [eventOf(agent, { kind, severity: 'warning', at, sentence: error.message })] : [],
  }
}

function lock(agent: StoredAgent, at: Date, kind: AgentEventKind, sentence: string): AgentJudgement {
  const told = `${sentence} Nothing is asked of it any more until it is invited anew.`
  return {
    change: { lockedReason: sentence },
    events: [eventOf(agent, { kind, severity: 'critical', at, sentence: told })],
  }
}

function cloneSentence({ node, address }: StoredAgent): string {
  return `The agent of ${node} on ${address} runs on a copy of old keys: the machine was cloned or put back from an older copy.`
}

function backEvents(agent: StoredAgent, at: Date): ClusterEvent[] {
  if (!agent.isProblemTold || agent.problemSince === null) return []
  const sentence = `The agent of ${agent.node} answers again after ${formatAge(agent.problemSince, at)}.`
  return [eventOf(agent, { kind: 'agent-reachable', severity: 'info', at, sentence })]
}

function clockEvents(agent: StoredAgent, skewMs: number, at: Date): ClusterEvent[] {
  const wasOff = Math.abs(agent.clockSkewMs ?? 0) > clockSkewLimitMs
  const isOff = Math.abs(skewMs) > clockSkewLimitMs
  if (wasOff === isOff) return []
  if (!isOff) {
    const sentence = `The clock of ${agent.node} is right again.`
    return [eventOf(agent, { kind: 'agent-clock-right', severity: 'info', at, sentence })]
  }
  const side = skewMs > 0 ? 'ahead of' : 'behind'
  const sentence = `The clock of ${agent.node} is ${formatDuration(Math.abs(skewMs))} ${side} the console's: past 30 s its agent refuses every request.`
  return [eventOf(agent, { kind: 'agent-clock-skewed', severity: 'warning', at, sentence })]
}

function eventOf(agent: StoredAgent, told: Pick<ClusterEvent, 'kind' | 'severity' | 'at' | 'sentence'>): ClusterEvent {
  return { ...told, member: agent.node, from: null, to: null, sources: [`agent ${agent.node}`] }
}

// A clock may say anything; the column holds 24 days.
function clamp(ms: number): number {
  return Math.max(-0x7fff_ffff, Math.min(0x7fff_ffff, ms))
}
