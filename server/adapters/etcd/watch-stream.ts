import { streamLines } from '../http-lines.ts'
import { parseJson } from '../json.ts'
import { LookError } from '../look-error.ts'
import { wordedProblem } from './etcd-problem.ts'
import { prefixOf, prefixRange, toKey, type KeyChange } from './key-table.ts'
import { etcdTarget, type EtcdSession } from './session.ts'
import type { StaleGuard } from './stale-guard.ts'
import { watchLineSchema } from './wire.ts'

export interface WatchOrder {
  url: string
  namespace: string
  scope: string
  /** First revision that is told. */
  fromRevision: string
  onChange(changes: KeyChange[], revision: string): void
  signal: AbortSignal
}

/**
 * Follows a scope's keys at one endpoint until the stream ends; throws LookError on cancellation, compaction, an old term
 * or a broken connection. In any case the keys must then be listed anew.
 */
export async function watchStream(session: EtcdSession, guard: StaleGuard, order: WatchOrder): Promise<void> {
  const target = etcdTarget(order.url)
  const prefix = prefixOf(order.namespace, order.scope)
  const token = await session.token(order.url, { timeoutMs: 5_000, signal: order.signal })

  const onLine = (line: string) => {
    const { result, error } = parseJson(line, watchLineSchema, target)
    if (error !== undefined) throw wordedProblem(error.message ?? 'no reason given', target)
    if (result === undefined) return
    guard.check(result.header, target)
    if (result.canceled === true) throw cancelled(result, order.url, session)
    const changes = (result.events ?? []).flatMap((event): KeyChange[] => {
      const key = toKey(event.kv, prefix)
      if (key === null) return []
      return [{ name: key.name, key: event.type === 'DELETE' ? null : key }]
    })
    if (changes.length > 0) order.onChange(changes, result.header?.revision ?? '0')
  }

  await streamLines(
    {
      target,
      url: new URL('/v3/watch', order.url),
      method: 'POST',
      body: JSON.stringify({ create_request: { ...prefixRange(prefix), start_revision: order.fromRevision } }),
      // Without this header a watch stays open and silent for ever when its endpoint loses the majority.
      headers: { 'grpc-metadata-hasleader': 'true', ...(token === null ? {} : { authorization: token }) },
      caPem: session.caPem,
      signal: order.signal,
    },
    { onOpen: () => {}, onLine },
  )
}

function cancelled(
  result: { cancel_reason?: string | undefined; compact_revision?: string | undefined },
  url: string,
  session: EtcdSession,
): LookError {
  const target = etcdTarget(url)
  if (result.compact_revision !== undefined && result.compact_revision !== '0') {
    return new LookError(
      'protocol',
      `etcd on ${target.address} has dropped the revisions that the watch was to go on from.`,
    )
  }
  session.forgetToken(url)
  return wordedProblem(result.cancel_reason ?? 'the watch was cancelled', target)
}
