import type { AgentSight } from '#domain/backup-plan.ts'
import { listAgents } from '#server/store/agents.ts'
import type { Store } from '#server/store/open.ts'

/** The agents of a cluster as far as a plan looks at them. */
export function agentSights(store: Store, clusterId: string): Promise<AgentSight[]> {
  return listAgents(store, clusterId)
}
