import { LookError } from '../look-error.ts'
import type { AskPatroni } from './client.ts'
import { foreignAnswer, isRefusal, plainText, refusal } from './switchover-reply.ts'

export type ReinitialiseReply =
  /** Patroni began: it says so before anything is copied. */
  | { kind: 'started' }
  /** Patroni is at work on something else, and did nothing. */
  | { kind: 'busy'; with: string; sentence: string }
  /** Patroni did nothing, or the request cannot have reached it (`status` null). */
  | { kind: 'refused'; status: number | null; sentence: string }
  /** It may have begun. */
  | { kind: 'unknown'; sentence: string }

// With force, Patroni first waits for the end of what it is at work on.
const timeoutMs = 60_000

/** Asks a member to delete its data and copy it anew, exactly once, and tells what is known afterwards. */
export async function sendReinitialise(
  ask: AskPatroni,
  { url, who }: { url: string; who: string },
  { force }: { force: boolean },
  signal: AbortSignal | undefined,
): Promise<ReinitialiseReply> {
  try {
    const body = JSON.stringify(force ? { force } : {})
    const answer = await ask(url, '/reinitialize', { method: 'POST', body, timeoutMs, signal })
    return parseReinitialiseReply(answer.status, answer.body, who)
  } catch (error) {
    if (!(error instanceof LookError)) throw error
    if (!error.mayHaveArrived) return { kind: 'refused', status: null, sentence: error.message }
    return { kind: 'unknown', sentence: error.message }
  }
}

/** Understands the status and text of an answer to `POST /reinitialize` (api.py do_POST_reinitialize, ha.py reinitialize). */
export function parseReinitialiseReply(status: number, body: string, who: string): ReinitialiseReply {
  const text = plainText(body)
  if (status === 200) return { kind: 'started' }
  if (isRefusal(status)) return { kind: 'refused', status, sentence: refusal(status, text, who) }
  if (status !== 503) return { kind: 'unknown', sentence: foreignAnswer(status, who) }
  const busy = /^(.+) already in progress$/.exec(text)?.[1]
  if (busy !== undefined) return { kind: 'busy', with: busy, sentence: `${who} refused: it is at work on "${busy}".` }
  if (text.startsWith('Cluster has no leader')) {
    return { kind: 'refused', status, sentence: `${who} refused: nobody leads, so there is nobody to copy from.` }
  }
  if (text.startsWith('I am the leader')) {
    return { kind: 'refused', status, sentence: `${who} refused: it leads, and the leader is not copied anew.` }
  }
  return { kind: 'unknown', sentence: `${who} says: "${text || 'no reason given'}".` }
}
