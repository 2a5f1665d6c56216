import { type AgentTask, agentFault as faultOf } from '#domain/agent/agent-fault.ts'
import type { AgentSight } from '#domain/plan/backup-plan.ts'

/** Why the agent of a node cannot be asked for a backup; null where it can. */
export function agentFault(node: string, agent: AgentSight | null, now: Date): string | null {
  return faultOf(node, agent, now, backing)
}

const backing: AgentTask = {
  need: 'run pgBackRest',
  name: 'backups',
  vetoes: new Set(['backup', 'pgbackrest', 'pgbackrest-backup']),
}
