import type { AgentSight } from '#domain/plan/backup-plan.ts'
import { agentFault } from '#domain/plan/plan-backup/agent-fault.ts'
import type { RepositoryChore } from '#domain/plan/repository-plan.ts'

/** Why the agent of a node cannot be asked for a chore; null where it can. */
export function choreFault(kind: RepositoryChore, node: string, agent: AgentSight | null, now: Date): string | null {
  const fault = agentFault(node, agent && { ...agent, vetoed: [] }, now)
  if (fault !== null) return fault
  const names: readonly string[] = vetoes[kind]
  if (!agent?.vetoed.some((name) => names.includes(name))) return null
  return `The settings of the agent on ${node} forbid to ${words[kind]}. Whoever looks after ${node} can allow it in its agent.toml.`
}

/** Names under which a node forbids each. */
const vetoes = {
  'repository-check': ['backup', 'pgbackrest-check'],
  'repository-verify': ['backup', 'pgbackrest-verify'],
  'repository-expire': ['expire', 'pgbackrest-expire'],
  'stanza-create': ['backup', 'pgbackrest-stanza-create'],
} as const satisfies Record<RepositoryChore, readonly string[]>

const words = {
  'repository-check': 'check repositories',
  'repository-verify': 'verify repositories',
  'repository-expire': 'expire backups',
  'stanza-create': 'set up repositories',
} as const satisfies Record<RepositoryChore, string>
