import { clean } from '../clean-text.ts'

/**
 * What Patroni said to a switchover (api.py do_POST_failover, poll_failover_result). `unknown` means that it may still be
 * going on; `refused` has no status where the request cannot have reached Patroni.
 */
export type SwitchoverReply =
  | { kind: 'done'; newLeader: string }
  | { kind: 'done-elsewhere'; newLeader: string; asked: string }
  | { kind: 'scheduled' }
  | { kind: 'refused'; status: number | null; sentence: string }
  | { kind: 'unknown'; sentence: string }

/** Understands the status and text of an answer to `POST /switchover`, or to `POST /failover`, which is answered alike. */
export function parseSwitchoverReply(
  status: number,
  body: string,
  who: string,
  act: 'switchover' | 'failover' = 'switchover',
): SwitchoverReply {
  const text = plainText(body)
  if (status === 200) return doneReply(text, who, act)
  if (status === 202) return { kind: 'scheduled' }
  // "failed to write ... key into DCS" may also be a write whose answer was lost.
  const isDropped = status === 503 && /^(?:Switchover|Failover) failed$/.test(text)
  if (isDropped || isRefusal(status)) return { kind: 'refused', status, sentence: refusal(status, text, who) }
  if (status !== 503) return { kind: 'unknown', sentence: foreignAnswer(status, who) }
  return {
    kind: 'unknown',
    sentence: `${who} does not know yet how the ${act} ends: "${text || 'no reason given'}".`,
  }
}

/** True for the statuses by which Patroni says that it did nothing; any other may come from a proxy that passed the request on. */
export function isRefusal(status: number): boolean {
  return refusals.has(status)
}

const refusals: ReadonlySet<number> = new Set([400, 401, 403, 409, 411, 412, 422])

/** What an answer tells that Patroni does not give. */
export function foreignAnswer(status: number, who: string): string {
  return `The answer from ${who} was HTTP status ${status}, as from a proxy before Patroni or an error in it: whether the request was carried out it does not say.`
}

/** The text of a plain answer; nothing where Patroni sent one of its HTML error pages. */
export function plainText(body: string): string {
  return /^\s*</.test(body) ? '' : clean(body.trim()).slice(0, 300)
}

/** Why Patroni said no, in a sentence. */
export function refusal(status: number, text: string, who: string): string {
  if (status === 401)
    return `${who} did not accept the console's user and password for Patroni's REST API: correct them in the settings.`
  if (status === 403)
    return `${who} does not allow this console to act (${text || 'forbidden'}): see restapi.allowlist and verify_client in its configuration.`
  if (text === '') return `${who} refused the request with HTTP status ${status} and gave no reason.`
  return `${who} refused: ${text}.`
}

function doneReply(text: string, who: string, act: string): SwitchoverReply {
  const straight = /^Successfully (?:switched|failed) over to "(.+)"$/.exec(text)
  if (straight?.[1] !== undefined) return { kind: 'done', newLeader: straight[1] }
  const elsewhere = /^(?:Switched|Failed) over to "(.+)" instead of "(.+)"$/.exec(text)
  const [, newLeader, asked] = elsewhere ?? []
  if (newLeader !== undefined && asked !== undefined) return { kind: 'done-elsewhere', newLeader, asked }
  return {
    kind: 'unknown',
    sentence: `${who} accepted the ${act}, but its answer "${text}" does not say who leads now.`,
  }
}
