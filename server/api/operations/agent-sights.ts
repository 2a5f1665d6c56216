import type { AgentSight } from '#domain/backup-plan.ts'
import type { Store } from '#server/store/open.ts'

/** The agents of a cluster as the store knows them. As long as none can be enrolled there are none. */
export function agentSights(_store: Store, _clusterId: string): Promise<AgentSight[]> {
  return Promise.resolve([])
}
