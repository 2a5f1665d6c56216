import { Agent, type ClientRequestArgs } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connectToAgent } from './connect.ts'
import type { AgentPlace } from './target.ts'

/** Where connections are kept to: one agent on one address with one certificate. */
export interface KeptPlace extends AgentPlace {
  id: string
  certificatePin: string
}

/** Longer than a watch rests between two questions: over what is idle for longer, nobody asks any more. */
const idleMs = 60_000
const mostIdle = 2
/** Who asked gave up long before. */
const connectWithinMs = 60_000

/**
 * The connections to one agent, each for one question at a time and kept for the next. Each was looked at when it was made, before
 * anything was sent: none leads to another certificate than the one that is pinned here.
 */
export class KeptConnections extends Agent {
  readonly #place: KeptPlace

  constructor(place: KeptPlace) {
    super({ keepAlive: true, keepAliveMsecs: idleMs, maxFreeSockets: mostIdle, timeout: idleMs })
    this.#place = place
  }

  override createConnection(_: ClientRequestArgs, done?: Made): undefined {
    if (done) void this.#connect(done)
  }

  async #connect(done: Made): Promise<void> {
    const { certificatePin: pin } = this.#place
    const made = await connectToAgent(this.#place, { pin, timeoutMs: connectWithinMs }).catch((error: unknown) =>
      error instanceof Error ? error : new Error(String(error)),
    )
    // Where there is an error nothing is asked over the socket, but one must be given.
    if (made instanceof Error) return done(made, new Socket())
    made.socket.setNoDelay(true)
    done(null, made.socket)
  }

  /** True when these connections lead where this one is to lead. */
  leadTo({ address, certificatePin }: KeptPlace): boolean {
    return this.#place.address === address && this.#place.certificatePin === certificatePin
  }

  /** Closes each as soon as nothing is asked over it. */
  retire(): void {
    this.maxFreeSockets = 0
    for (const sockets of Object.values(this.freeSockets)) for (const socket of sockets ?? []) socket.destroy()
  }
}

type Made = (error: Error | null, socket: Duplex) => void

const kept = new Map<string, KeptConnections>()

/** The connections that are kept to an agent; those to another address or certificate that it had are closed. */
export function keptConnectionsTo(place: KeptPlace): KeptConnections {
  const before = kept.get(place.id)
  if (before?.leadTo(place)) return before
  before?.retire()
  const connections = new KeptConnections(place)
  kept.set(place.id, connections)
  return connections
}

/** Closes what is kept to all agents; what is under way goes on to its end. */
export function closeKeptConnections(): void {
  for (const connections of kept.values()) connections.retire()
  kept.clear()
}
