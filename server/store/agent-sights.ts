import type { AgentSight } from '#domain/plan/backup-plan.ts'
import { listAgents } from './agents.ts'
import { nodeSights } from './node-sights.ts'
import type { Store } from './open.ts'

/** The agents of a cluster as far as a plan looks at them, with what was last seen of their nodes. */
export async function agentSights(store: Store, clusterId: string): Promise<AgentSight[]> {
  const [agents, sights] = await Promise.all([listAgents(store, clusterId), nodeSights(store, clusterId)])
  return agents.map((agent) => {
    const sight = sights.get(agent.id)
    if (sight === undefined) return agent
    const { dataFreeBytes, keptAside, replicaMethods, dataPlace } = sight
    return { ...agent, dataFreeBytes, keptAside, replicaMethods, dataPlace }
  })
}
