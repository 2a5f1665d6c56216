import { tracked, type TrackedEnvelope } from '@trpc/server'
import type { FeedMessage, FleetRow } from '#domain/fleet/view.ts'
import type { Subscriber } from '#server/feed/subscriber.ts'
import { findCluster } from '#server/store/clusters.ts'
import { listEvents } from '#server/store/events.ts'
import { activeOperations } from '#server/store/operations.ts'
import type { QueryContext } from '../trpc.ts'
import { demandSession } from './demand-session.ts'
import { Sight } from './sight.ts'

/** How often a silent stream looks whether its session still counts; the look also keeps a session in use alive. */
const checkMs = 30_000
const justBeforeMs = 15_000
const mostMissed = 500

/**
 * The live feed of one page: first how things are, then every change. Events go on from `lastEventId`; ids are the last
 * event's number and a counter. Ends with `unauthenticated` when the session does; where the cluster comes into sight or goes
 * out of it, it ends so that the page asks anew.
 */
export async function* followFeed(feed: {
  ctx: QueryContext
  cluster: string | null
  lastEventId: string | null
  signal: AbortSignal | undefined
}): AsyncGenerator<TrackedEnvelope<FeedMessage>, void, undefined> {
  const { hub, store } = feed.ctx.services
  const signal = feed.signal ?? new AbortController().signal
  // A cluster that is not registered any more still leaves the fleet to be heard.
  const named = feed.cluster === null ? null : await findCluster(store, feed.cluster)
  const sight = new Sight(feed.ctx.caller.grants)
  const cluster = named && sight.sees(named) ? named : null
  // Its labels may change meanwhile.
  const isTurned = () => named !== null && sight.sees(latest(named, hub.fleet)) !== (cluster !== null)
  const subscriber = await hub.subscribe(cluster?.id ?? null)
  // Whatever comes after this event is in the subscriber's hands.
  const newest = hub.lastEventId
  const said = new Said(eventIdIn(feed.lastEventId, newest))
  try {
    for (const message of await beginning(feed.ctx, subscriber, said, newest)) {
      const narrowed = said.isNews(message) ? (sight.narrow(message) ?? emptyOf(message)) : null
      if (narrowed) yield tracked(said.nextId(), narrowed)
    }
    let checkedAt = Date.now()
    while (!signal.aborted) {
      const delivery = await subscriber.take(Math.max(0, checkedAt + checkMs - Date.now()), signal)
      if (signal.aborted) return
      if (delivery.mustCheck || Date.now() >= checkedAt + checkMs) {
        const now = await demandSession(feed.ctx, 'anywhere')
        checkedAt = Date.now()
        const change = sight.change(now.grants, hub.fleet, new Date())
        if (change) yield tracked(said.nextId(), change)
      }
      const hasTurned = isTurned()
      const missed =
        delivery.missedEvents && cluster && !hasTurned ? await eventsSince(feed.ctx, cluster.id, said.eventId) : []
      for (const message of [...missed, ...delivery.messages]) {
        if (hasTurned && message.kind !== 'fleet') continue
        const narrowed = said.isNews(message) ? sight.narrow(message) : null
        if (narrowed) yield tracked(said.nextId(), narrowed)
      }
      if (hasTurned) return
    }
  } finally {
    hub.unsubscribe(subscriber)
  }
}

function latest<T extends { id: string; labels: readonly string[] }>(cluster: T, fleet: readonly FleetRow[]): T {
  const row = fleet.find(({ clusterId }) => clusterId === cluster.id)
  return row ? { ...cluster, labels: row.labels } : cluster
}

// A page that begins hears of the fleet, be there nothing in it for them.
function emptyOf(message: FeedMessage): FeedMessage {
  return message.kind === 'fleet' ? { ...message, rows: [], removed: [] } : message
}

/** What was said on one stream, so that nothing is said twice. */
class Said {
  /** Newest event the page knows; null = it comes anew. */
  eventId: number | null
  #snapshotVersion = 0
  #count = 0

  constructor(eventId: number | null) {
    this.eventId = eventId
  }

  isNews(message: FeedMessage): boolean {
    if (message.kind === 'snapshot') {
      if (message.snapshot.version <= this.#snapshotVersion) return false
      this.#snapshotVersion = message.snapshot.version
    }
    if (message.kind === 'event') {
      if (this.eventId !== null && message.event.id <= this.eventId) return false
      this.eventId = message.event.id
    }
    return true
  }

  nextId(): string {
    this.#count += 1
    return `${this.eventId ?? 0}.${this.#count}`
  }
}

async function beginning(
  ctx: QueryContext,
  { clusterId }: Subscriber,
  said: Said,
  newest: number,
): Promise<FeedMessage[]> {
  const { hub, store } = ctx.services
  const { reachable, sentence, at } = hub.storeState
  const messages: FeedMessage[] = [{ kind: 'hello', serverNow: new Date(), storeReachable: reachable }]
  if (!reachable) messages.push({ kind: 'store', reachable, sentence, at })
  messages.push({ kind: 'fleet', rows: hub.fleet, removed: [], serverNow: new Date() })
  if (clusterId === null) return messages
  const snapshot = hub.snapshotOf(clusterId)
  if (snapshot) messages.push({ kind: 'snapshot', snapshot, serverNow: new Date() })
  const [operations, events] = await Promise.all([
    activeOperations(store, clusterId),
    eventsSince(ctx, clusterId, said.eventId),
  ])
  for (const operation of operations) messages.push({ kind: 'operation', operation })
  // Whoever comes anew goes on from the newest event of all.
  if (said.eventId === null && events.length === 0) said.eventId = newest
  return [...messages, ...events]
}

// A page that comes anew has just been rendered: what happened in between is told as well.
async function eventsSince(ctx: QueryContext, clusterId: string, after: number | null): Promise<FeedMessage[]> {
  const { store } = ctx.services
  const since = after === null ? new Date(Date.now() - justBeforeMs) : undefined
  const newestFirst = await listEvents(store, { clusterId, since, limit: mostMissed })
  const missed = newestFirst.filter((event) => after === null || event.id > after)
  return missed.toReversed().map((event) => ({ kind: 'event', event }))
}

// An id of another store, before it was made anew, would silence the page.
function eventIdIn(lastEventId: string | null, newest: number): number | null {
  const digits = /^(\d{1,15})(?:\.\d+)?$/.exec(lastEventId ?? '')?.[1]
  const id = Number(digits ?? 0)
  return id > 0 && id <= newest ? id : null
}
