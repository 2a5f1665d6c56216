import { TRPCError } from '@trpc/server'
import type { StoredEvent } from '#domain/event.ts'
import { AppError, isAppError } from '#server/errors.ts'
import { clusterScopeOf } from '#server/store/cluster-scope.ts'
import { listEvents, type EventFilter } from '#server/store/events.ts'
import { needCluster } from '../clusters/need.ts'
import type { Context } from '../context.ts'
import { followedEvents } from '../inputs/events.ts'
import { demandSession } from '../live/demand-session.ts'
import { callerFor } from '../procedures.ts'
import type { QueryContext } from '../trpc.ts'
import type { Match } from './match.ts'
import { readInput } from './read-input.ts'
import { toJson } from './schema.ts'

const beatMs = 15_000
const checkMs = 30_000
const storeAwayMs = 2_000
const pageSize = 500

/** The events of one cluster as lines of JSON, oldest first: those since `since` or after `after`, then each as it comes; an empty line is a sign of life. */
export async function followEvents(
  context: Context,
  match: Match,
  sent: { request: Request; query: URLSearchParams },
): Promise<Response> {
  const parsed = followedEvents.safeParse(await readInput(match, toJson(followedEvents, 'input'), sent))
  if (!parsed.success) throw new TRPCError({ code: 'BAD_REQUEST', cause: parsed.error })
  const { cluster, since, after, ...filter } = parsed.data
  // Whether the caller may, and whether there is such a cluster, is answered like any other question.
  const { events } = await callerFor(context, { signal: sent.request.signal }).events.list({ cluster, limit: 1 })
  const caller = await context.identify()
  if (!caller) throw new AppError('unauthenticated', 'The token is not valid any more.')
  const { id: clusterId } = await needCluster(context.services.store, cluster)
  const newest = events[0]?.id ?? 0
  const ended = new AbortController()
  const lines = linesOf({
    ctx: { services: context.services, identifyAgain: context.identifyAgain, caller },
    filter: { ...filter, clusterId },
    since,
    newest,
    // A greater number is of a store that is no more.
    after: Math.min(after ?? (since ? 0 : newest), newest),
    signal: AbortSignal.any([sent.request.signal, ended.signal]),
  })
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await lines.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(`${value}\n`))
      },
      async cancel() {
        ended.abort()
        await lines.return()
      },
    },
    // Nothing is read before it is wanted: whoever takes nothing costs nothing.
    { highWaterMark: 0 },
  )
  const headers = {
    'content-type': 'application/x-ndjson',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  }
  return new Response(body, { headers })
}

interface Followed {
  ctx: Pick<QueryContext, 'services' | 'identifyAgain' | 'caller'>
  filter: Pick<EventFilter, 'kinds' | 'member' | 'severity'> & { clusterId: string }
  /** Holds for what is past alone: what comes may tell of something earlier. */
  since: Date | undefined
  newest: number
  after: number
  signal: AbortSignal
}

async function* linesOf(followed: Followed): AsyncGenerator<string, void, void> {
  const { ctx, filter, newest, signal } = followed
  const subscriber = await ctx.services.hub.subscribe(filter.clusterId)
  try {
    // Whoever asked sees at once that it is heard.
    yield ''
    yield* past(followed)
    let known = newest
    // Something may have come between the newest that was known and the first word of the hub.
    let isBehind = true
    let checkedAt = Date.now()
    let saidAt = Date.now()
    while (!signal.aborted) {
      if (isBehind) {
        const page = await whileStoreIsThere(() => eventsAfter(followed, known))
        for (const event of page ?? []) yield JSON.stringify(event)
        known = page?.at(-1)?.id ?? known
        isBehind = page === null || page.length === pageSize
        if (page !== null && isBehind) continue
      }
      const dueAt = Math.min(saidAt + beatMs, checkedAt + checkMs)
      const waitMs = isBehind ? storeAwayMs : Math.max(0, dueAt - Date.now())
      const { messages, missedEvents, mustCheck } = await subscriber.take(waitMs, signal)
      if (signal.aborted) return
      isBehind ||= missedEvents || messages.some(({ kind }) => kind === 'event')
      if (mustCheck || Date.now() >= checkedAt + checkMs) {
        const where = await whileStoreIsThere(() => clusterScopeOf(ctx.services.store.pool, filter.clusterId))
        await demandSession(ctx, where ?? 'anywhere')
        checkedAt = Date.now()
      }
      if (Date.now() < saidAt + beatMs) continue
      yield ''
      saidAt = Date.now()
    }
  } finally {
    ctx.services.hub.unsubscribe(subscriber)
  }
}

async function* past({ ctx, filter, since, newest, after, signal }: Followed): AsyncGenerator<string, void, void> {
  for (let known = after; known < newest && !signal.aborted;) {
    const within = { since, after: known, before: newest + 1, limit: pageSize }
    const page = await listEvents(ctx.services.store, { ...filter, ...within })
    for (const event of page) yield JSON.stringify(event)
    known = page.length < pageSize ? newest : (page.at(-1)?.id ?? newest)
  }
}

function eventsAfter({ ctx, filter }: Followed, known: number): Promise<StoredEvent[]> {
  return listEvents(ctx.services.store, { ...filter, after: known, limit: pageSize })
}

async function whileStoreIsThere<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (isAppError(error) && error.code === 'store-unreachable') return null
    throw error
  }
}
