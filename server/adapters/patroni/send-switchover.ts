import { LookError } from '../look-error.ts'
import type { AskPatroni } from './client.ts'
import { parseSwitchoverReply, type SwitchoverReply } from './switchover-reply.ts'

export interface SwitchoverOrder {
  /** The guard: Patroni refuses with 412 when somebody else leads by then. */
  leader: string
  candidate: string | null
  scheduledAt: Date | null
}

// Patroni holds the answer back for up to 2 * max(10, loop_wait) seconds and the time its DCS takes.
const timeoutMs = 60_000

/** Sends a switchover to a member exactly once and tells what is known afterwards. */
export async function sendSwitchover(
  ask: AskPatroni,
  url: string,
  who: string,
  order: SwitchoverOrder,
  signal: AbortSignal | undefined,
): Promise<SwitchoverReply> {
  const body = JSON.stringify({
    leader: order.leader,
    ...(order.candidate === null ? {} : { candidate: order.candidate }),
    ...(order.scheduledAt === null ? {} : { scheduled_at: order.scheduledAt.toISOString() }),
  })
  try {
    const answer = await ask(url, '/switchover', { method: 'POST', body, timeoutMs, signal })
    return parseSwitchoverReply(answer.status, answer.body, who)
  } catch (error) {
    if (!(error instanceof LookError)) throw error
    if (!error.mayHaveArrived) return { kind: 'refused', status: null, sentence: error.message }
    return { kind: 'unknown', sentence: error.message }
  }
}
