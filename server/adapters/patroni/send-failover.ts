import type { AskPatroni } from './client.ts'
import { sendMove } from './send-move.ts'
import type { SwitchoverReply } from './switchover-reply.ts'

/**
 * Sends a failover to a member exactly once and tells what is known afterwards. No leader is named: with one, Patroni from 3.2 on takes
 * the request for a switchover and asks for a synchronous standby (api.py do_POST_failover). So nothing guards it on Patroni's side.
 */
export function sendFailover(
  ask: AskPatroni,
  url: string,
  who: string,
  candidate: string,
  signal: AbortSignal | undefined,
): Promise<SwitchoverReply> {
  const body = JSON.stringify({ candidate })
  return sendMove(ask, { url, who }, { act: 'failover', body }, signal)
}
