import type { NodeSight } from '#domain/snapshot/node-sight.ts'
import { isEnded, laneOf, type Operation } from '#domain/operation/operation.ts'
import { callKeyOf, type CallKey } from '#server/adapters/agent/call.ts'
import { readKeptData, readNodeFacts } from '#server/adapters/agent/node.ts'
import { startLoop, type Loop } from '#server/collector/loop.ts'
import { AppError } from '#server/errors.ts'
import { agentsToWatch, type StoredAgent } from '#server/store/agents.ts'
import { saveNodeSight } from '#server/store/node-sights.ts'
import type { Notice } from '#server/store/notify.ts'
import { findOperation } from '#server/store/operations.ts'
import type { AgentWatch } from './watch-agents.ts'
import type { RoomsTold } from './rooms-told.ts'
import { allEnded } from './all-ended.ts'

/** How often it is seen whose turn it is. */
const beatMs = 20_000
/**
 * A node that rests is looked at at every third beat: without an operation of the console only its room changes, and that slowly, while each
 * look starts a program there.
 */
const restMs = 2.5 * beatMs
/** Where the agent tells of that room by itself, what is left to see changes by the console's operations or by somebody's own hand. */
const restWithRoomMs = 15 * beatMs - beatMs / 2
/** Facts cost a node more than what they tell of it changes. */
const factsHoldMs = 600_000

/** What a worker remembers of nodes between looks. */
export class NodeMemory {
  /** By agent. */
  readonly facts = new Map<string, { methods: string[]; freeBytes: number | null; readAt: number }>()
  /** By agent, its version where that does not know what is asked: it is not asked again until it is another. */
  readonly unable = new Map<string, string>()
  /** When the last look at it began, ms since 1970, by agent. */
  readonly lookedAt = new Map<string, number>()
  /** When something was last heard that may have changed a cluster's nodes, ms since 1970, by cluster. */
  readonly stirredAt = new Map<string, number>()
}

/**
 * Looks at the nodes of this worker's clusters, each every five minutes, once a minute where its agent does not tell of its room,
 * and more often while an operation changes what lies there: the room they have, what is kept aside there, where the data lies, how they make replicas.
 */
export class NodeLooks {
  readonly #watch: AgentWatch
  readonly #memory = new NodeMemory()
  #loop: Loop | null = null

  constructor(watch: AgentWatch) {
    this.#watch = watch
  }

  /** Begins to look, until the signal. */
  start(): void {
    const { log, signal } = this.#watch
    const look = () =>
      lookAtNodes(this.#watch, this.#memory).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code !== 'store-unreachable') throw error
      })
    this.#loop = startLoop({ name: 'nodes', log, signal, beatMs: () => beatMs, look })
  }

  /** An agent that is new, and what an operation left when it ended, is looked at at once. */
  hear(notice: Notice): void {
    if (notice.kind === 'agents') this.#stir(notice.clusterId)
    if (notice.kind === 'operation') void this.#hearOperation(notice.id).catch(() => {})
  }

  async #hearOperation(id: string): Promise<void> {
    const operation = await findOperation(this.#watch.store, id)
    if (!operation || !changesNodes(operation)) return
    if (isEnded(operation.state)) this.#stir(operation.clusterId)
    // It tells of itself often: then the next beat is soon enough.
    else this.#memory.stirredAt.set(operation.clusterId, Date.now())
  }

  #stir(clusterId: string): void {
    this.#memory.stirredAt.set(clusterId, Date.now())
    this.#loop?.wake()
  }
}

function changesNodes({ kind }: Operation): boolean {
  return kind === 'restore' || laneOf(kind) === 'rehearsal'
}

/** Looks at each whose turn it is, all at the same time; of one that does not answer, what was seen before stays. */
export async function lookAtNodes(watch: AgentWatch, memory: NodeMemory): Promise<void> {
  const agents = await agentsToWatch(watch.store, watch.executorId)
  const key = callKeyOf(watch.signingKey)
  const nowMs = Date.now()
  const due = agents.filter((agent) => agent.problem === null && isDue(agent, { memory, rooms: watch.rooms, nowMs }))
  for (const { id } of due) memory.lookedAt.set(id, nowMs)
  await allEnded(
    due.map((agent) => ({ of: agent, done: look(watch, agent, { key, memory }) })),
    watch,
  )
}

function isDue(
  { id, clusterId }: StoredAgent,
  {
    memory: { lookedAt, stirredAt },
    rooms,
    nowMs,
  }: { memory: NodeMemory; rooms: RoomsTold | undefined; nowMs: number },
): boolean {
  const before = lookedAt.get(id)
  if (before === undefined || nowMs - before >= (rooms?.isTold(id, nowMs) ? restWithRoomMs : restMs)) return true
  return (stirredAt.get(clusterId) ?? 0) >= before
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
