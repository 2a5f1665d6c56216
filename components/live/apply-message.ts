import type { QueryClient } from '@tanstack/react-query'
import { isEnded, laneOf, type Lane, type Operation } from '#domain/operation/operation.ts'
import type { StoredEvent } from '#domain/event.ts'
import type { ClusterView, FeedMessage, FleetRow } from '#domain/fleet/view.ts'
import type { Clock } from '#components/time/clock.ts'
import type { Keys } from './keys.ts'
import type { Line } from './line.ts'
import { isNews, tellIncidents, tellTurns } from './news.ts'
import type { Refresh } from './refresh.ts'

interface Ears {
  queryClient: QueryClient
  keys: Keys
  clock: Clock
  line: Line
  refresh: Refresh
  announce: (sentence: string) => void
}

/** Writes what the feed says into the tab's cache, so that every view of it changes at once. */
export function applyMessage(message: FeedMessage, ears: Ears) {
  const { queryClient, keys, clock, line, refresh, announce } = ears
  switch (message.kind) {
    case 'hello':
      clock.sync(message.serverNow)
      line.setStore(message.storeReachable, null)
      askForOthers(ears)
      break
    case 'store':
      line.setStore(message.reachable, message.sentence)
      if (message.reachable) void queryClient.invalidateQueries()
      break
    case 'snapshot':
      clock.sync(message.serverNow)
      changeView(ears, message.snapshot.clusterName, (view) => ({
        ...view,
        snapshot: message.snapshot,
        serverNow: message.serverNow,
      }))
      break
    case 'event':
      changeView(ears, message.event.clusterName, (view) => withEvent(view, message.event))
      refresh.soon(keys.events)
      if (isNews(message.event, clock.read())) announce(message.event.sentence)
      break
    case 'operation': {
      const { operation } = message
      tellQuestion(operation, queryClient.getQueryData<Operation>(keys.operation(operation.id)) ?? null, announce)
      queryClient.setQueryData(keys.operation(operation.id), operation)
      const slot = slots[laneOf(operation.kind)]
      // What waits for approval holds no lane.
      if (slot !== null && operation.state !== 'proposed') {
        changeView(ears, operation.clusterName, (view) => ({
          ...view,
          [slot]: slotAfter(view[slot], operation),
        }))
      }
      refresh.soon(keys.operations)
      if (operation.approval !== null) refresh.soon(keys.approvals)
      if (operation.kind === 'rehearsal') refresh.soon(keys.rehearsals)
      if (isEnded(operation.state))
        announce(operation.outcome ?? `The operation on ${operation.clusterName} has ended.`)
      break
    }
    case 'backups':
      refresh.soon(keys.backups)
      // The overview tells what a dropped table would mean.
      refresh.soon(keys.cluster(line.read().cluster ?? ''))
      break
    case 'stack':
      refresh.soon(keys.stack)
      break
    case 'alerts':
      refresh.soon(keys.alerts)
      refresh.soon(keys.incidents)
      refresh.soon(keys.maintenance)
      break
    case 'fleet': {
      clock.sync(message.serverNow)
      const known = queryClient.getQueryData<FleetRow[]>(keys.fleet) ?? []
      for (const tell of [tellTurns, tellIncidents]) {
        const told = tell(known, message.rows, line.read().cluster)
        if (told !== null) announce(told)
      }
      queryClient.setQueryData<FleetRow[]>(keys.fleet, (rows) => rows && mergeRows(rows, message.rows, message.removed))
      for (const row of message.rows) askIfEnded(ears, row)
      break
    }
  }
}

/** What was refused while it waited for approval frees no lane that another operation holds. */
function slotAfter(held: Operation | null, operation: Operation): Operation | null {
  if (!isEnded(operation.state)) return operation
  return held !== null && held.id !== operation.id ? held : null
}

/** Where a cluster's view keeps what holds a lane of it; a rehearsal or a command to a layer stands in no view of it. */
const slots = {
  lead: 'activeOperation',
  backup: 'backupOperation',
  rehearsal: null,
  replica: 'replicaOperation',
  stack: null,
  pause: null,
} as const satisfies Record<Lane, keyof ClusterView | null>

/** Says once that an operation waits for somebody's decision. */
function tellQuestion({ question, clusterName }: Operation, known: Operation | null, announce: Ears['announce']) {
  if (!question || known?.question?.step === question.step) return
  announce(`A decision is needed on ${clusterName}. ${question.sentence}`)
}

/** No row names a backup or a copy: whether one that was under way before the line came up still is must be asked. */
function askForOthers({ queryClient, keys, line }: Ears) {
  const { cluster } = line.read()
  if (cluster === null) return
  const queryKey = keys.cluster(cluster)
  const view = queryClient.getQueryData<ClusterView>(queryKey)
  if (view?.backupOperation || view?.replicaOperation) void queryClient.invalidateQueries({ queryKey })
}

/** An operation that ended before the line came up is not told: a row that does not name it gives it away. */
function askIfEnded({ queryClient, keys }: Ears, row: FleetRow) {
  const queryKey = keys.cluster(row.name)
  const held = queryClient.getQueryData<ClusterView>(queryKey)?.activeOperation
  if (held && held.id !== row.activeOperation?.id) void queryClient.invalidateQueries({ queryKey })
}

/** The fleet with changed rows replaced, new ones added and removed ones gone. */
export function mergeRows(rows: FleetRow[], changed: FleetRow[], removed: string[]): FleetRow[] {
  const byId = new Map(rows.map((row) => [row.clusterId, row]))
  for (const row of changed) byId.set(row.clusterId, row)
  for (const id of removed) byId.delete(id)
  return [...byId.values()]
}

const lately = 30

function withEvent(view: ClusterView, event: StoredEvent): ClusterView {
  if (view.recentEvents.some((known) => known.id === event.id)) return view
  const recentEvents = [event, ...view.recentEvents].toSorted((one, other) => other.id - one.id).slice(0, lately)
  return { ...view, recentEvents }
}

function changeView({ queryClient, keys }: Ears, name: string, change: (view: ClusterView) => ClusterView) {
  queryClient.setQueryData<ClusterView>(keys.cluster(name), (view) => view && change(view))
}
