import type { AgentConfig } from '#agent/config/agent-config.ts'
import { EnrolmentHost } from '#agent/enrol/host.ts'
import { RateLimit } from '#agent/guard/rate-limit.ts'
import { Refusals } from '#agent/guard/refusals.ts'
import type { Keys } from '#agent/keys/keys.ts'
import type { Log } from '#agent/log.ts'
import { CheckpointFile } from '#agent/state/checkpoint-file.ts'
import { AgentState } from '#agent/state/agent-state.ts'
import type { Verbs } from '#agent/verbs/verbs.ts'
import { createApp } from './create-app.ts'

export interface RunningAgent {
  state: AgentState
  refusals: Refusals
  strangers: RateLimit
  port: number
  /** Lets requests end that are being answered, for a few seconds. */
  stop: () => Promise<void>
}

/** Opens the state and listens. State that is damaged is told before the port is taken. */
export async function startAgent(options: {
  config: AgentConfig
  keys: Keys
  verbs: Verbs | null
  log: Log
  clock: () => number
  strangersLimit?: { perSecond: number; burst: number; addresses: number }
}): Promise<RunningAgent> {
  const { config, keys, verbs, log, clock } = options
  const folder = config.stateFolder
  const state = await AgentState.open(folder, { agentId: keys.agentId, nowSeconds: clock() / 1_000 })
  const refusals = new Refusals(folder)
  const strangers = new RateLimit(options.strangersLimit ?? { perSecond: 10, burst: 50, addresses: 1_000 })
  const checkpoints = new CheckpointFile(folder)
  const host = new EnrolmentHost({ folder, node: config.node, keys, state, clock })
  const startedAt = new Date(clock())
  const app = createApp({ config, keys, state, checkpoints, host, verbs, refusals, strangers, clock, startedAt, log })
  try {
    await app.listen({ ...config.listen, backlog: 64 })
    await state.refresh()
  } catch (error) {
    await app.close()
    await state.close()
    throw error
  }
  const address = app.server.address()
  const stop = async () => {
    const cut = setTimeout(() => app.server.closeAllConnections(), stopWithinMs)
    await app.close()
    clearTimeout(cut)
    await state.close()
    await refusals.close()
  }
  return { state, refusals, strangers, port: typeof address === 'object' && address ? address.port : 0, stop }
}

const stopWithinMs = 8_000
