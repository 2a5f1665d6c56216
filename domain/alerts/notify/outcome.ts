import type { ChannelKind } from './channel.ts'
import { shortened } from './without-secrets.ts'

/** What came of one attempt to tell. */
export type Outcome =
  | {
      kind: 'accepted'
      /** What the receiver said. */
      response: string
      /** Whom of many it did not accept it for, and will not. */
      missed?: Missed
    }
  /** Not accepted, but may be later. */
  | {
      kind: 'later'
      problem: string
      /** As the receiver asked for, ms; null = it did not. */
      retryAfterMs: number | null
      /** Addresses that it did not reach, where it reached others. */
      leftTo?: string[]
    }
  /** Asking again would bring the same answer. */
  | { kind: 'given-up'; problem: string }

export interface Missed {
  /** Addresses. */
  to: string[]
  problem: string
}

/** What an answer over HTTP means: 408, 429 and 5xx may be asked again, any other that is no 2xx may not. */
export function outcomeOfHttp(
  { status, body, retryAfter }: { status: number; body: string; retryAfter: string | null },
  kind: ChannelKind,
  now: Date,
): Outcome {
  const said = shortened(body.replace(/[\p{Cc}\p{Surrogate}\s]+/gu, ' ').trim(), 300)
  const answer = said === '' ? String(status) : `${status} ${said}`
  if (status >= 200 && status < 300) return { kind: 'accepted', response: answer }
  if (status === 408 || status === 429 || status >= 500) {
    return { kind: 'later', problem: `It answered ${answer}`, retryAfterMs: retryAfterMs(retryAfter, now) }
  }
  if (status >= 300 && status < 400) {
    return { kind: 'given-up', problem: `It answered ${answer}: give the address that it leads to.` }
  }
  return { kind: 'given-up', problem: `It answered ${answer}${hintOf(status, kind)}` }
}

/** How long until the next attempt after so many, ms: doubling from 2 s up to 5 min, a fifth more or less by chance (0 to 1). */
export function backoffMs(attempts: number, chance: number): number {
  const base = Math.min(2_000 * 2 ** Math.max(0, attempts - 1), longestBackoffMs)
  return Math.round(base * (0.8 + 0.4 * chance))
}

/** After so many attempts a notification is given up: about three days. */
export const mostAttempts = 870

/** So many times those are asked who are left where others were reached: about an hour, as what follows waits for it. */
export const mostAttemptsForFew = 20

const longestBackoffMs = 5 * 60_000
/** A receiver may ask for patience, not for silence. */
const longestRetryAfterMs = 15 * 60_000

function retryAfterMs(text: string | null, now: Date): number | null {
  if (text === null) return null
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime()
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 1_000), longestRetryAfterMs) : null
}

function hintOf(status: number, kind: ChannelKind): string {
  if (kind === 'pagerduty' && status === 400) return ': the routing key is not one of an Events API v2 integration.'
  if (kind === 'slack' && (status === 404 || status === 410)) return ': the channel or its address is gone.'
  if (status === 401 || status === 403) return ': what it was shown is not enough.'
  return '.'
}
