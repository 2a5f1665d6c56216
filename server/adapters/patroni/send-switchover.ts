import type { AskPatroni } from './client.ts'
import { sendMove } from './send-move.ts'
import type { SwitchoverReply } from './switchover-reply.ts'

export interface SwitchoverOrder {
  /** The guard: Patroni refuses with 412 when somebody else leads by then. */
  leader: string
  candidate: string | null
  scheduledAt: Date | null
}

/** Sends a switchover to a member exactly once and tells what is known afterwards. */
export function sendSwitchover(
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
  return sendMove(ask, { url, who }, { act: 'switchover', body }, signal)
}
