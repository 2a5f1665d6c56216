import { LookError } from '../look-error.ts'
import type { AskPatroni } from './client.ts'
import { foreignAnswer, isRefusal, plainText, refusal } from './switchover-reply.ts'

export type CancelReply =
  | { kind: 'cancelled' }
  /** None was scheduled (any more): it was cancelled by someone else, ran, or was dropped. */
  | { kind: 'none-scheduled' }
  /** Its key changed at that moment, or was not written: nothing is known to be dropped. */
  | { kind: 'changed' }
  | { kind: 'refused'; status: number | null; sentence: string }
  | { kind: 'unknown'; sentence: string }

/** Deletes the scheduled switchover and tells what is known afterwards. */
export async function cancelSwitchover(
  ask: AskPatroni,
  url: string,
  who: string,
  signal: AbortSignal | undefined,
): Promise<CancelReply> {
  try {
    const { status, body } = await ask(url, '/switchover', { method: 'DELETE', timeoutMs: 30_000, signal })
    if (status === 200) return { kind: 'cancelled' }
    if (status === 404) return { kind: 'none-scheduled' }
    if (status === 409) return { kind: 'changed' }
    if (isRefusal(status)) return { kind: 'refused', status, sentence: refusal(status, plainText(body), who) }
    return { kind: 'unknown', sentence: foreignAnswer(status, who) }
  } catch (error) {
    if (!(error instanceof LookError)) throw error
    if (!error.mayHaveArrived) return { kind: 'refused', status: null, sentence: error.message }
    return { kind: 'unknown', sentence: error.message }
  }
}
