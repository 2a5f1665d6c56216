import { isOpen } from '#domain/agent/agent.ts'
import { startLoop, type Loop } from '#server/collector/loop.ts'
import { AppError } from '#server/errors.ts'
import type { StoredInvitation } from '#server/store/agent-invitations.ts'
import type { StoredAgent } from '#server/store/agents.ts'
import { enrolWaiting, type Enrolment } from './enrol-agents.ts'

/** The loop that lets agents in. */
export interface EnrolLoop extends Loop {
  /** Looks now at an agent on whose node somebody waits to enrol it anew. */
  attendTo(agent: StoredAgent): void
}

/**
 * Looks for agents that wait to be enrolled: often where an invitation is young, seldom on the other nodes, and at once where an
 * enrolled agent says that it waits; a notice wakes it.
 */
export function startEnrolling(enrolment: Enrolment): EnrolLoop {
  const told = new Set<string>()
  const waiting = new Map<string, StoredAgent>()
  let restMs = 0
  let lookedWideAt = -Infinity
  const loop = startLoop({
    name: 'enrolment',
    log: enrolment.log,
    signal: enrolment.signal,
    beatMs: () => restMs,
    look: async () => {
      const agents = [...waiting.values()]
      waiting.clear()
      const isWide = performance.now() - lookedWideAt >= idleMs
      if (isWide) lookedWideAt = performance.now()
      const recent = await whileStoreIsThere(() => enrolWaiting(enrolment, told, { agents, isWide }))
      restMs = restOf(recent, new Date())
    },
  })
  const attendTo = (agent: StoredAgent) => {
    waiting.set(agent.id, agent)
    loop.wake()
  }
  return { wake: () => loop.wake(), attendTo }
}

const openBeatMs = 2_000
/** A token that was used before, or came too late, is looked for as well. */
const recentBeatMs = 20_000
const idleMs = 60_000

function restOf(recent: readonly StoredInvitation[], now: Date): number {
  if (recent.some((invitation) => isOpen(invitation, now))) return openBeatMs
  return recent.length > 0 ? recentBeatMs : idleMs
}

async function whileStoreIsThere(look: () => Promise<StoredInvitation[]>): Promise<StoredInvitation[]> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof AppError && error.code === 'store-unreachable') return []
    throw error
  }
}
