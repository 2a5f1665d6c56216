import { LookError } from '../look-error.ts'
import type { AskPatroni } from './client.ts'
import { foreignAnswer, isRefusal, plainText, refusal } from './switchover-reply.ts'

export type ActReply =
  | { kind: 'done' }
  /** Patroni did nothing, or the request cannot have reached it (`status` null). */
  | { kind: 'refused'; status: number | null; sentence: string }
  /** It may have been done, or be under way. */
  | { kind: 'unknown'; sentence: string }

export interface Act {
  method: 'POST' | 'PUT'
  path: string
  body: string
  timeoutMs: number
}

/** Sends a request that changes something exactly once and tells what is known afterwards. */
export async function sendAct(
  ask: AskPatroni,
  { url, who }: { url: string; who: string },
  { path, ...act }: Act,
  signal: AbortSignal | undefined,
): Promise<ActReply> {
  try {
    const { status, body } = await ask(url, path, { ...act, signal })
    if (status === 200) return { kind: 'done' }
    const text = plainText(body)
    if (isRefusal(status)) return { kind: 'refused', status, sentence: refusal(status, text, who) }
    // A restart that Patroni itself calls failed may have stopped Postgres all the same.
    if (status === 503) return { kind: 'unknown', sentence: `${who} says: "${text || 'no reason given'}".` }
    return { kind: 'unknown', sentence: foreignAnswer(status, who) }
  } catch (error) {
    if (!(error instanceof LookError)) throw error
    if (!error.mayHaveArrived) return { kind: 'refused', status: null, sentence: error.message }
    return { kind: 'unknown', sentence: error.message }
  }
}

/** Restarts Postgres under Patroni, which keeps the lead; answered when it runs again. */
export const restart: Act = { method: 'POST', path: '/restart', body: '{}', timeoutMs: 330_000 }

/** Replaces the whole dynamic configuration, unchecked by Patroni. */
export function replaceConfig(config: string): Act {
  return { method: 'PUT', path: '/config', body: config, timeoutMs: 30_000 }
}
