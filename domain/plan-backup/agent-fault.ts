import type { AgentSight } from '../backup-plan.ts'
import { formatAge } from '../format.ts'

/** Why the agent of a node cannot be asked for a backup; null where it can. */
export function agentFault(node: string, agent: AgentSight | null, now: Date): string | null {
  if (agent === null) return `No agent is enrolled on ${node}, so nobody there can run pgBackRest. Invite one first.`
  if (agent.state === 'locked') {
    return `The agent on ${node} is locked: ${agent.lockedReason ?? 'nothing is asked of it any more.'} Enrol it anew first.`
  }
  if (agent.problem !== null) return `The agent on ${node} cannot be asked now: ${agent.problem}`
  if (agent.seenAt === null) return `The agent on ${node} has not answered yet. Wait a few seconds.`
  if (now.getTime() - agent.seenAt.getTime() > staleMs) {
    return `The agent on ${node} has not been heard for ${formatAge(agent.seenAt, now)}. See that it and a worker run.`
  }
  if (agent.vetoed.some((name) => backupVetoes.has(name))) {
    return `The settings of the agent on ${node} forbid backups. Whoever looks after ${node} can allow them in its agent.toml.`
  }
  return null
}

/** Agents are asked every 10 s; older than three of these is no sign of life. */
const staleMs = 30_000

/** Names under which a node forbids it. */
const backupVetoes: ReadonlySet<string> = new Set(['backup', 'pgbackrest', 'pgbackrest-backup'])
