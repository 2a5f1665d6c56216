import { callKeyOf, type CallKey } from '#server/adapters/agent/call.ts'
import { askStatus } from '#server/adapters/agent/status.ts'
import { startLoop, type Loop } from '#server/collector/loop.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import { changeAgent } from '#server/store/agent-changes.ts'
import { agentsToWatch, type StoredAgent } from '#server/store/agents.ts'
import { tellEvents } from '#server/store/tell-events.ts'
import { saveNodeRoom } from '#server/store/node-sights.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import type { SigningKey } from '#server/store/signing-key.ts'
import { allEnded } from './all-ended.ts'
import { judgeStatus, type AgentLook } from './judge-status.ts'
import type { AuditWitnesses } from './audit-witnesses.ts'
import type { RoomsTold } from './rooms-told.ts'

export interface AgentWatch {
  store: Store
  signingKey: SigningKey
  executorId: string
  log: Log
  signal: AbortSignal
  /** Hears which agents tell of the room on their nodes. */
  rooms?: RoomsTold
  /** Has agents keep checkpoints of the audit log. */
  witnesses?: AuditWitnesses
  /** Hears of each agent that says that somebody waits on its node to enrol it anew. */
  onWaiting?: (agent: StoredAgent) => void
}

/** Each answer costs the node two writes to its disk. */
const everyMs = 30_000
/** One lost answer is no news, a second is: it is asked for sooner. */
const againMs = 10_000
const statusWithinMs = 5_000

/** Asks each agent of this worker's clusters how it is, every thirty seconds, and after ten once more where one has just missed its answer. */
export function startWatchingAgents(watch: AgentWatch): Loop {
  let beatMs = everyMs
  return startLoop({
    name: 'agents',
    log: watch.log,
    signal: watch.signal,
    beatMs: () => beatMs,
    look: async () => {
      beatMs = againMs
      await watchAgents(watch)
        .then((isInDoubt) => (beatMs = isInDoubt ? againMs : everyMs))
        .catch(unlessAway)
    },
  })
}

/** Asks each once, all at the same time, and keeps what came of it; true when one that answered before did not. */
export async function watchAgents(watch: AgentWatch): Promise<boolean> {
  const agents = await agentsToWatch(watch.store, watch.executorId)
  const key = callKeyOf(watch.signingKey)
  let isInDoubt = false
  const look = async (agent: StoredAgent) => {
    const seen = await lookAt(watch, agent, key)
    await keep(watch, agent, seen)
    if ('error' in seen) isInDoubt ||= agent.problemSince === null
    else watch.rooms?.hear(agent.id, seen.status)
    if ('status' in seen && seen.status.waitsWith) watch.onWaiting?.(agent)
  }
  await allEnded(
    agents.map((agent) => ({ of: agent, done: look(agent) })),
    watch,
  )
  return isInDoubt
}

async function lookAt({ signal, witnesses }: AgentWatch, agent: StoredAgent, key: CallKey): Promise<AgentLook> {
  const checkpoint = await witnesses?.checkpointFor(agent.id)
  const askedAt = Date.now()
  try {
    const { counter } = agent
    const status = await askStatus({
      agent,
      key,
      counter,
      checkpoint,
      now: new Date(askedAt),
      timeoutMs: statusWithinMs,
      signal,
    })
    return { status, at: new Date((askedAt + Date.now()) / 2) }
  } catch (error) {
    // What no answer can cause is a fault of this program, and is not laid at the agent's door.
    if (!(error instanceof AppError)) throw error
    return { error, at: new Date() }
  }
}

async function keep({ store, signal, witnesses }: AgentWatch, agent: StoredAgent, look: AgentLook): Promise<void> {
  // A look that was broken off says nothing of the agent.
  if (signal.aborted) return
  const { change, events } = judgeStatus(agent, look)
  const { clusterId, clusterName } = agent
  await inTransaction(store, async (tx) => {
    if (!(await changeAgent(tx, agent, change))) return
    if ('status' in look) events.push(...((await witnesses?.hear(tx, agent, look)) ?? []))
    if ('status' in look) await saveNodeRoom(tx, agent.id, { seenAt: look.at, freeBytes: look.status.freeBytes })
    await tellEvents(tx, { clusterId, clusterName }, events)
  })
}

function unlessAway(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== 'store-unreachable') throw error
}
