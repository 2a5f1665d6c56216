import type { EventKind, StoredEvent } from '#domain/event.ts'
import { listEvents } from '#server/store/events.ts'
import type { Store } from '#server/store/open.ts'
import { needCluster } from '../clusters/need.ts'
import type { ClusterIds } from '../readable.ts'

interface Asked {
  cluster?: string | undefined
  clusterIds: ClusterIds
  kinds?: EventKind[] | undefined
  member?: string | undefined
  severity?: StoredEvent['severity'] | undefined
  since?: Date | undefined
  until?: Date | undefined
  before?: number | undefined
  limit: number
}

/** A page of events, newest first; `nextBefore` is null on the last page. */
export async function listEventPage(
  store: Store,
  { cluster, ...filter }: Asked,
): Promise<{ events: StoredEvent[]; nextBefore: number | null }> {
  const clusterId = cluster === undefined ? undefined : (await needCluster(store, cluster)).id
  const found = await listEvents(store, { ...filter, clusterId, limit: filter.limit + 1 })
  const events = found.slice(0, filter.limit)
  return { events, nextBefore: found.length > filter.limit ? (events.at(-1)?.id ?? null) : null }
}
