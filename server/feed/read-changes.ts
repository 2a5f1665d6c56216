import type { StoredEvent } from '#domain/event.ts'
import { isEnded, type Operation } from '#domain/operation/operation.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { FleetRow } from '#domain/fleet/view.ts'
import { listEvents } from '#server/store/events.ts'
import { activeOperations, findOperation } from '#server/store/operations.ts'
import type { Store } from '#server/store/open.ts'
import { fleetRows, latestSnapshot } from '#server/store/snapshots.ts'
import type { Pending } from './pending.ts'

/** What the store holds now of that which changed. */
export interface Changes {
  rows: FleetRow[]
  /** `rows` is the whole fleet: what it lacks is gone. */
  isWholeFleet: boolean
  snapshots: Map<string, Snapshot>
  events: StoredEvent[]
  operations: Operation[]
  /** The newest event of all, told or not. */
  lastEventId: number
}

interface Known {
  /** Clusters that somebody hears in full. */
  watched: ReadonlySet<string>
  /** The operations last told of them, by their ids. */
  operations: ReadonlyMap<string, Operation>
  /** Null = nobody has heard anything yet. */
  lastEventId: number | null
}

/** Reads what changed: the rows in one query, snapshots, events and operations only of clusters that are watched. */
export async function readChanges(store: Store, pending: Pending, known: Known): Promise<Changes> {
  const isWholeFleet = pending.everything || pending.clusters
  const watchedIds = [...known.watched].filter((id) => pending.everything || pending.clusterIds.has(id))
  // A row counts the alerts of its cluster.
  const changedRows = [...new Set([...pending.clusterIds, ...pending.alerts])]
  const [rows, snapshots, events, operations] = await Promise.all([
    isWholeFleet || changedRows.length > 0 ? fleetRows(store, isWholeFleet ? null : changedRows) : Promise.resolve([]),
    Promise.all(watchedIds.map((id) => latestSnapshot(store, id))),
    readEvents(store, pending, known),
    readOperations(store, pending, known, watchedIds),
  ])
  return {
    rows,
    isWholeFleet,
    snapshots: new Map(snapshots.flatMap((snapshot) => (snapshot ? [[snapshot.clusterId, snapshot]] : []))),
    operations,
    events: events.told,
    lastEventId: events.lastId,
  }
}

const pageSize = 500

async function readEvents(
  store: Store,
  pending: Pending,
  known: Known,
): Promise<{ told: StoredEvent[]; lastId: number }> {
  // At the first read there is nobody who missed anything: the newest id is all that is needed.
  if (known.lastEventId === null) {
    const [newest] = await listEvents(store, { limit: 1 })
    return { told: [], lastId: newest?.id ?? 0 }
  }
  if (!pending.events && !pending.everything) return { told: [], lastId: known.lastEventId }
  const told: StoredEvent[] = []
  let lastId = known.lastEventId
  for (;;) {
    const page = await listEvents(store, { after: lastId, limit: pageSize })
    lastId = page.at(-1)?.id ?? lastId
    told.push(...page.filter((event) => known.watched.has(event.clusterId)))
    if (page.length < pageSize) return { told, lastId }
  }
}

async function readOperations(
  store: Store,
  pending: Pending,
  known: Known,
  watchedIds: string[],
): Promise<Operation[]> {
  const ids = new Set<string>()
  for (const [id, clusterId] of pending.operations) if (known.watched.has(clusterId)) ids.add(id)
  const found: (Operation | null)[] = []
  if (pending.everything) {
    for (const clusterId of watchedIds) {
      // What was told as going on may have ended while nobody heard it.
      for (const last of known.operations.values()) {
        if (last.clusterId === clusterId && !isEnded(last.state)) ids.add(last.id)
      }
      const active = await activeOperations(store, clusterId)
      found.push(...active.filter(({ id }) => !ids.has(id)))
    }
  }
  found.push(...(await Promise.all([...ids].map((id) => findOperation(store, id)))))
  return found.filter((operation) => operation !== null)
}
