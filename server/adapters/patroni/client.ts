import { z } from 'zod'
import type { HistoryLine, PatroniClusterView, PatroniConfig, PatroniStatus } from '#domain/snapshot/patroni.ts'
import { AppError } from '#server/errors.ts'
import { refuseBarred, type Bar } from '../barred.ts'
import { askHttp, type HttpAnswer } from '../http.ts'
import { notAsExpected, parseJson } from '../json.ts'
import { LookError } from '../look-error.ts'
import { addressOf, type Target } from '../target.ts'
import { cancelSwitchover, type CancelReply } from './cancel-switchover.ts'
import { Lanes } from './lane.ts'
import { parseClusterView } from './parse-cluster.ts'
import { parseConfig } from './parse-config.ts'
import { parseHistory } from './parse-history.ts'
import { parseStatus } from './parse-status.ts'
import { type ReinitialiseReply, sendReinitialise } from './reinitialise.ts'
import { replaceConfig, restart, sendAct, type ActReply } from './send-act.ts'
import { sendFailover } from './send-failover.ts'
import { sendSwitchover, type SwitchoverOrder } from './send-switchover.ts'
import type { SwitchoverReply } from './switchover-reply.ts'

export interface PatroniAccess {
  user: string | null
  password: string | null
  caPem: string | null
  /** Origins (`http://10.0.1.10:8008`) a person configured: user and password are sent to these alone. */
  trustedOrigins?: readonly string[]
  bar?: Bar
  /** How sentences call the member behind a base address; default `Patroni`. */
  nameOf?: (url: string) => string | null
  /** Deadline of a look; default 5,000. */
  timeoutMs?: number
}

/** Patroni's REST API; `url` is a member's base address. Looks throw LookError and never carry credentials; with acts, which go first, never more than two requests are under way at one member. */
export interface PatroniClient {
  status(url: string, signal?: AbortSignal): Promise<PatroniStatus>
  clusterView(url: string, signal?: AbortSignal): Promise<PatroniClusterView>
  config(url: string, signal?: AbortSignal): Promise<PatroniConfig>
  history(url: string, signal?: AbortSignal): Promise<HistoryLine[]>
  /** Sent once, never again; waits up to 60 s. Does not throw for what Patroni or the network answer. */
  requestSwitchover(url: string, order: SwitchoverOrder, signal?: AbortSignal): Promise<SwitchoverReply>
  /** Names the next leader where nobody works as one. */
  requestFailover(url: string, candidate: string, signal?: AbortSignal): Promise<SwitchoverReply>
  cancelScheduledSwitchover(url: string, signal?: AbortSignal): Promise<CancelReply>
  /** The dynamic configuration as it stands, to be compared or put back. */
  configText(url: string, signal?: AbortSignal): Promise<string>
  /** Restarts the member's Postgres; sent once, waits up to 330 s. Does not throw for what Patroni or the network answer. */
  restart(url: string, signal?: AbortSignal): Promise<ActReply>
  /** Replaces the dynamic configuration of the whole cluster by one read before. Does not throw for what Patroni or the network answer. */
  replaceConfig(url: string, config: string, signal?: AbortSignal): Promise<ActReply>
  /** Has the member delete its data and copy it anew; sent once, never again. Does not throw for what Patroni or the network answer. */
  reinitialise(url: string, order: { force: boolean }, signal?: AbortSignal): Promise<ReinitialiseReply>
  /** Asks for nothing, only whether user and password would be accepted; changes nothing for certain. */
  checkCredentials(url: string, signal?: AbortSignal): Promise<'accepted' | 'rejected' | 'forbidden'>
}

/** Sends one request to one member. */
export type AskPatroni = (
  url: string,
  path: string,
  more: {
    method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
    body?: string
    timeoutMs?: number
    signal?: AbortSignal | undefined
  },
) => Promise<HttpAnswer>

/** A client for the members of one cluster. */
export function createPatroniClient(access: PatroniAccess): PatroniClient {
  const targetOf = (url: string): Target => ({
    who: access.nameOf?.(url) ?? 'Patroni',
    system: 'Patroni',
    address: addressOf(new URL(url)),
  })

  // From 4.0.8 on five threads answer everybody, HAProxy's checks among them (restapi.thread_pool_size).
  const lanes = new Lanes(2)

  const ask: AskPatroni = async (url, path, more) => {
    const isAct = more.method !== undefined && more.method !== 'GET'
    const basic = isAct ? basicFor(url, access) : null
    const target = targetOf(url)
    const send = () =>
      askHttp({
        target,
        url: new URL(path, url),
        basic,
        caPem: access.caPem,
        timeoutMs: access.timeoutMs ?? 5_000,
        ...more,
      })
    return lanes.run(new URL(url).origin, isAct ? 'act' : 'look', send, more.signal)
  }

  const look = async <T>(
    url: string,
    path: string,
    parse: (body: string, target: Target) => T,
    signal?: AbortSignal,
  ) => {
    const target = targetOf(url)
    const answer = await ask(url, path, { signal })
    if (answer.status !== 200) throw unexpectedStatus(answer, target)
    return parse(answer.body, target)
  }

  return {
    status: (url, signal) => look(url, '/patroni', parseStatus, signal),
    clusterView: (url, signal) => look(url, '/cluster', parseClusterView, signal),
    config: (url, signal) => look(url, '/config', parseConfig, signal),
    history: (url, signal) => look(url, '/history', parseHistory, signal),
    requestSwitchover: (url, order, signal) => sendSwitchover(ask, url, targetOf(url).who, order, signal),
    requestFailover: (url, candidate, signal) => sendFailover(ask, url, targetOf(url).who, candidate, signal),
    cancelScheduledSwitchover: (url, signal) => cancelSwitchover(ask, url, targetOf(url).who, signal),
    configText: (url, signal) => look(url, '/config', jsonText, signal),
    restart: (url, signal) => sendAct(ask, { url, who: targetOf(url).who }, restart, signal),
    replaceConfig: (url, config, signal) =>
      sendAct(ask, { url, who: targetOf(url).who }, replaceConfig(config), signal),
    reinitialise: (url, order, signal) => sendReinitialise(ask, { url, who: targetOf(url).who }, order, signal),
    async checkCredentials(url, signal) {
      // An empty patch is refused with 400 before anything is looked at (api.py _read_json_content), but after authentication.
      const { status } = await ask(url, '/config', { method: 'PATCH', body: '{}', signal })
      if (status === 401) return 'rejected'
      return status === 403 ? 'forbidden' : 'accepted'
    },
  }
}

/** The text itself, once it is known to be an object's. */
function jsonText(body: string, target: Target): string {
  parseJson(body, z.record(z.string(), z.unknown()), target)
  return body
}

function basicFor(url: string, access: PatroniAccess): { user: string; password: string } | null {
  if (access.user === null || access.password === null) return null
  const { origin } = new URL(url)
  if (access.trustedOrigins !== undefined && !access.trustedOrigins.includes(origin)) {
    throw new AppError(
      'refused',
      `${origin} is not among the configured addresses of this cluster, so the console does not send it a password: add it in the settings.`,
    )
  }
  refuseBarred(access.bar, origin)
  return { user: access.user, password: access.password }
}

function unexpectedStatus({ status, body }: HttpAnswer, target: Target): LookError {
  if (status === 401 || status === 403) {
    return new LookError(
      'unauthorized',
      `${target.who} on ${target.address} wants a user and password even for looking (HTTP ${status}).`,
    )
  }
  if (status >= 300 && status < 400) return notAsExpected(target, `it redirects elsewhere (HTTP ${status})`)
  if (status === 502 || status === 503) {
    return new LookError(
      'unreachable',
      `${target.who} on ${target.address} cannot tell now (HTTP ${status}): it has no view of its DCS.`,
    )
  }
  return notAsExpected(target, `it answers with HTTP status ${status}${body.startsWith('<') ? ' and a page' : ''}`)
}
