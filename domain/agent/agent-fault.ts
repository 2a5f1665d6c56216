import { agentHeardMs } from './agent-silence.ts'
import type { AgentSight } from '#domain/plan/backup-plan.ts'
import { formatAge } from '#domain/format.ts'

/** What is asked of an agent, as far as its refusal is told. */
export interface AgentTask {
  /** To follow `so nobody there can`: `run pgBackRest`. */
  need: string
  /** To follow `forbid`: `backups`. */
  name: string
  /** Verbs and families of verbs under which a node forbids it. */
  vetoes: ReadonlySet<string>
}

/** Why the agent of a node cannot be asked for something; null where it can. */
export function agentFault(node: string, agent: AgentSight | null, now: Date, task: AgentTask): string | null {
  if (agent === null) return `No agent is enrolled on ${node}, so nobody there can ${task.need}. Invite one first.`
  if (agent.state === 'locked') {
    return `The agent on ${node} is locked: ${agent.lockedReason ?? 'nothing is asked of it any more.'} Enrol it anew first.`
  }
  if (agent.problem !== null) return `The agent on ${node} cannot be asked now: ${agent.problem}`
  if (agent.seenAt === null) return `The agent on ${node} has not answered yet. Wait a few seconds.`
  if (now.getTime() - agent.seenAt.getTime() > agentHeardMs) {
    return `The agent on ${node} has not been heard for ${formatAge(agent.seenAt, now)}. See that it and a worker run.`
  }
  if (agent.vetoed.some((name) => task.vetoes.has(name))) {
    return `The settings of the agent on ${node} forbid ${task.name}. Whoever looks after ${node} can allow them in its agent.toml.`
  }
  return null
}

/** The agent of a node among those known; null = none. */
export function agentOf(agents: readonly AgentSight[], node: string): AgentSight | null {
  return agents.find((each) => each.node === node) ?? null
}
