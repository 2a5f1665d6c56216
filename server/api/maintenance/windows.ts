import { extendFault, windowFault } from '#domain/maintenance/window-faults.ts'
import { endOf, overWords, type Forbids, type MaintenanceWindow } from '#domain/maintenance/window.ts'
import { AppError } from '#server/errors.ts'
import { clusterScopes } from '#server/store/cluster-scope.ts'
import { tellAlerts } from '#server/store/alerts/tell.ts'
import {
  endWindow,
  extendWindow,
  findWindow,
  insertWindow,
  listWindows,
  openWindows,
} from '#server/store/maintenance/windows.ts'
import type { Store } from '#server/store/open.ts'
import { needCluster } from '../clusters/need.ts'
import { isAmong, type ClusterIds } from '../readable.ts'
import type { CommandContext } from '../trpc.ts'

export interface WindowAsked {
  cluster?: string | undefined
  label?: string | undefined
  reason: string
  startsAt?: Date | undefined
  endsAt: Date
  forbids: Forbids
}

/** Windows that go on or are to come, with `isAll` the newest of those that ended too; with a cluster, those over it. */
export async function listWindowsOf(
  store: Store,
  {
    cluster: name,
    isAll,
    limit,
    clusterIds,
  }: { cluster?: string | undefined; isAll: boolean; limit: number; clusterIds: ClusterIds },
): Promise<{ windows: MaintenanceWindow[]; serverNow: Date }> {
  const clusterId = name === undefined ? null : (await needCluster(store, name)).id
  const windows = isAll ? await listWindows(store.pool, clusterId, limit) : await openWindows(store.pool, clusterId)
  return { windows: await amongReadable(store, windows, clusterIds), serverNow: new Date() }
}

/** Those over a cluster that may be read. */
async function amongReadable(
  store: Store,
  windows: MaintenanceWindow[],
  clusterIds: ClusterIds,
): Promise<MaintenanceWindow[]> {
  if (clusterIds === null) return windows
  const readable = (await clusterScopes(store.pool)).filter(({ id }) => isAmong(clusterIds, id))
  return windows.filter(({ clusterId, label }) =>
    readable.some(({ id, labels }) => id === clusterId || (label !== null && labels.includes(label))),
  )
}

/** Begins planned work now or later; whoever asks owns it. */
export async function startWindow(
  { act, services: { store } }: CommandContext,
  { cluster: name, label, reason, endsAt, forbids, ...asked }: WindowAsked,
): Promise<MaintenanceWindow> {
  const now = new Date()
  const cluster = name === undefined ? null : await needCluster(store, name)
  const startsAt = asked.startsAt === undefined || asked.startsAt < now ? now : asked.startsAt
  act.on({ target: cluster?.name ?? `label ${label}`, cluster, reason, detail: { label, startsAt, endsAt, forbids } })
  refuseFault(windowFault({ startsAt: asked.startsAt ?? now, endsAt }, now))
  const { id: ownerId, name: ownerName } = act.actor
  return act.commit(async (tx) => {
    const id = await insertWindow(tx, {
      clusterId: cluster?.id ?? null,
      label: label ?? null,
      reason,
      owner: { id: ownerId, name: ownerName },
      forbids,
      startsAt,
      endsAt,
    })
    await tellAlerts(tx, cluster?.id ?? null)
    return needWindow(tx, id)
  })
}

/** Gives a window a later end. */
export async function extendWindowOf(
  { act }: CommandContext,
  { id, endsAt, reason }: { id: string; endsAt: Date; reason: string },
): Promise<MaintenanceWindow> {
  act.on({ target: id, cluster: null, reason })
  return act.commit(async (tx) => {
    const window = await needWindow(tx, id, true)
    act.on({ ...subjectOf(window), reason, detail: { before: window.endsAt, after: endsAt } })
    refuseEnded(window)
    refuseFault(extendFault(window, endsAt, new Date()))
    await extendWindow(tx, id, endsAt)
    await tellAlerts(tx, window.clusterId)
    return needWindow(tx, id)
  })
}

/** Ends a window before its time, or takes back one that has not begun. */
export async function endWindowOf({ act }: CommandContext, id: string): Promise<MaintenanceWindow> {
  act.on({ target: id, cluster: null, reason: null })
  return act.commit(async (tx) => {
    const window = await needWindow(tx, id, true)
    act.on({ ...subjectOf(window), reason: window.reason, detail: { window } })
    refuseEnded(window)
    await endWindow(tx, id, act.actor.name)
    await tellAlerts(tx, window.clusterId)
    return needWindow(tx, id)
  })
}

type Tx = Parameters<typeof findWindow>[0]

async function needWindow(tx: Tx, id: string, forUpdate = false): Promise<MaintenanceWindow> {
  const window = await findWindow(tx, id, forUpdate)
  if (!window) throw new AppError('not-found', 'There is no such maintenance window.')
  return window
}

function refuseEnded(window: MaintenanceWindow): void {
  if (endOf(window) > new Date()) return
  throw new AppError('conflict', `The maintenance on ${overWords(window)} has ended already. Begin another one.`)
}

function subjectOf({ clusterId, clusterName, label }: MaintenanceWindow) {
  const cluster = clusterId === null || clusterName === null ? null : { id: clusterId, name: clusterName }
  return { target: cluster?.name ?? `label ${label}`, cluster }
}

function refuseFault(fault: { field: string; sentence: string } | null): void {
  if (fault !== null) throw new AppError('invalid', fault.sentence, { fields: [fault] })
}
