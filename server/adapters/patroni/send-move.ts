import { LookError } from '../look-error.ts'
import type { AskPatroni } from './client.ts'
import { parseSwitchoverReply, type SwitchoverReply } from './switchover-reply.ts'

// Patroni holds the answer back for up to 2 * max(10, loop_wait) seconds and the time its DCS takes.
const timeoutMs = 60_000

/** Sends a request to move the lead exactly once and tells what is known afterwards. */
export async function sendMove(
  ask: AskPatroni,
  { url, who }: { url: string; who: string },
  { act, body }: { act: 'switchover' | 'failover'; body: string },
  signal: AbortSignal | undefined,
): Promise<SwitchoverReply> {
  try {
    const answer = await ask(url, `/${act}`, { method: 'POST', body, timeoutMs, signal })
    return parseSwitchoverReply(answer.status, answer.body, who, act)
  } catch (error) {
    if (!(error instanceof LookError)) throw error
    if (!error.mayHaveArrived) return { kind: 'refused', status: null, sentence: error.message }
    return { kind: 'unknown', sentence: error.message }
  }
}
