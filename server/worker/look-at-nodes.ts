import type { NodeSight } from '#domain/node-sight.ts'
import { callKeyOf, type CallKey } from '#server/adapters/agent/call.ts'
import { readKeptData, readNodeFacts } from '#server/adapters/agent/node.ts'
import { startLoop, type Loop } from '#server/collector/loop.ts'
import { AppError } from '#server/errors.ts'
import { agentsToWatch, type StoredAgent } from '#server/store/agents.ts'
import { saveNodeSight } from '#server/store/node-sights.ts'
import type { AgentWatch } from './watch-agents.ts'
import { allEnded } from './all-ended.ts'

const beatMs = 20_000
/** Facts cost a node more than what they tell of it changes. */
const factsHoldMs = 600_000

/** What a worker remembers of nodes between looks, by agent. */
export interface NodeMemory {
  facts: Map<string, { methods: string[]; freeBytes: number | null; readAt: number }>
  /** Version of an agent that does not know what is asked: it is not asked again until it is another. */
  unable: Map<string, string>
}

/** Looks at the nodes of this worker's clusters every twenty seconds: the room they have, what is kept aside there, where the data lies, how they make replicas. */
export function startLookingAtNodes(watch: AgentWatch): Loop {
  const memory: NodeMemory = { facts: new Map(), unable: new Map() }
  const look = () =>
    lookAtNodes(watch, memory).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'store-unreachable') throw error
    })
  return startLoop({ name: 'nodes', log: watch.log, signal: watch.signal, beatMs: () => beatMs, look })
}

/** Looks at each once, all at the same time; of one that does not answer, what was seen before stays. */
export async function lookAtNodes(watch: AgentWatch, memory: NodeMemory): Promise<void> {
  const agents = await agentsToWatch(watch.store, watch.executorId)
  const key = callKeyOf(watch.signingKey)
  await allEnded(
    agents
      .filter(({ problem }) => problem === null)
      .map((agent) => ({ of: agent, done: look(watch, agent, { key, memory }) })),
    watch,
  )
}

async function look(
  watch: AgentWatch,
  agent: StoredAgent,
  { key, memory }: { key: CallKey; memory: NodeMemory },
): Promise<void> {
  const sight = await sightOf(agent, { key, memory, signal: watch.signal }).catch((error: unknown) => {
    // The agent's own watch tells of one that does not answer.
    if (error instanceof AppError) return null
    throw error
  })
  if (sight !== null && !watch.signal.aborted) await saveNodeSight(watch.store, agent.id, sight)
}

interface Asked {
  key: CallKey
  memory: NodeMemory
  signal: AbortSignal
}

async function sightOf(agent: StoredAgent, asked: Asked): Promise<NodeSight> {
  const seenAt = new Date()
  const { methods, freeBytes } = await factsOf(agent, asked, seenAt.getTime())
  const kept = await keptOn(agent, asked)
  return {
    seenAt,
    dataFreeBytes: kept?.freeBytes ?? freeBytes,
    keptAside: kept?.aside ?? [],
    replicaMethods: methods,
    dataPlace: kept?.place ?? null,
  }
}

async function factsOf(agent: StoredAgent, { key, memory, signal }: Asked, nowMs: number) {
  const known = memory.facts.get(agent.id)
  if (known && nowMs - known.readAt < factsHoldMs) return known
  const fresh = { ...(await readNodeFacts({ agent, key, signal })), readAt: nowMs }
  memory.facts.set(agent.id, fresh)
  return fresh
}

/** Null where the agent is too old to tell, or its node forbids it. */
async function keptOn(agent: StoredAgent, { key, memory, signal }: Asked) {
  if (agent.vetoed.includes('data-kept') || memory.unable.get(agent.id) === agent.version) return null
  const kept = await readKeptData({ agent, key, signal })
  // Each time it would refuse anew, and tell of that.
  if (kept === null) memory.unable.set(agent.id, agent.version)
  return kept
}
