import type { Span } from '#domain/availability/measure.ts'
import { endOf, type MaintenanceWindow } from '#domain/maintenance/window.ts'
import type { Queryable } from '../queryable.ts'

/** Windows over a cluster, or over any, that have not ended by `since`, the first to end first. */
export async function openWindows(
  on: Queryable,
  clusterId: string | null = null,
  since: Date | null = null,
): Promise<MaintenanceWindow[]> {
  const { rows } = await on.query<WindowRow>(
    `${selectWindow}
      where least(w.ends_at, w.ended_at) > coalesce($2, now())
        and ($1::uuid is null or w.cluster_id = $1
             or w.label = any((select labels from cluster where id = $1)::text[]))
      order by w.ends_at, w.id`,
    [clusterId, since],
  )
  return rows.map(windowOf)
}

/** The newest windows, ended or not. */
export async function listWindows(
  on: Queryable,
  clusterId: string | null,
  limit: number,
): Promise<MaintenanceWindow[]> {
  const { rows } = await on.query<WindowRow>(
    `${selectWindow}
      where $1::uuid is null or w.cluster_id = $1 or w.label = any((select labels from cluster where id = $1)::text[])
      order by w.starts_at desc, w.id limit $2`,
    [clusterId, limit],
  )
  return rows.map(windowOf)
}

/** A cluster under maintenance: nobody is told of its alerts until then. */
export interface MutedCluster {
  clusterId: string
  until: Date
  owner: string
  reason: string
}

/** The clusters under maintenance now, each with the window that ends last; with a cluster, that one. */
export async function mutedClusters(on: Queryable, clusterId: string | null): Promise<MutedCluster[]> {
  const { rows } = await on.query<MutedCluster>(
    `select distinct on (c.id) c.id as "clusterId", w.ends_at as until, w.owner_name as owner, w.reason
       from cluster c join maintenance_window w on w.cluster_id = c.id or w.label = any(c.labels)
      where w.starts_at <= now() and least(w.ends_at, w.ended_at) > now() and ($1::uuid is null or c.id = $1)
      order by c.id, w.ends_at desc`,
    [clusterId],
  )
  return rows
}

/** The time that was announced as planned for a cluster and reaches beyond `since`. */
export async function plannedSpans(on: Queryable, clusterId: string, since: Date): Promise<Span[]> {
  return (await openWindows(on, clusterId, since)).map((window) => ({ from: window.startsAt, to: endOf(window) }))
}

/** One window; null where there is none. `forUpdate` holds it until the end of the transaction. */
export async function findWindow(on: Queryable, id: string, forUpdate = false): Promise<MaintenanceWindow | null> {
  const { rows } = await on.query<WindowRow>(`${selectWindow} where w.id = $1 ${forUpdate ? 'for update of w' : ''}`, [
    id,
  ])
  return rows[0] ? windowOf(rows[0]) : null
}

/** Keeps a new window. */
export async function insertWindow(
  tx: Queryable,
  window: Pick<MaintenanceWindow, 'clusterId' | 'label' | 'reason' | 'owner' | 'forbids' | 'startsAt' | 'endsAt'>,
): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into maintenance_window (cluster_id, label, reason, owner_id, owner_name, forbids, starts_at, ends_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [
      window.clusterId,
      window.label,
      window.reason,
      window.owner.id,
      window.owner.name,
      window.forbids,
      window.startsAt,
      window.endsAt,
    ],
  )
  const id = rows[0]?.id
  if (id === undefined) throw new Error('The window was not kept.')
  return id
}

/** Ends a window now; one that has not begun never does. */
export async function endWindow(tx: Queryable, id: string, endedBy: string): Promise<void> {
  await tx.query('update maintenance_window set ended_at = now(), ended_by = $2 where id = $1', [id, endedBy])
}

/** Gives a window a later end; its owner is told anew before that. */
export async function extendWindow(tx: Queryable, id: string, endsAt: Date): Promise<void> {
  await tx.query('update maintenance_window set ends_at = $2, told_ending_at = null where id = $1', [id, endsAt])
}

interface WindowRow extends Omit<MaintenanceWindow, 'owner'> {
  ownerId: string | null
  ownerName: string
}

/** A row as the rest of the console knows it. */
export function windowOf({ ownerId, ownerName, ...row }: WindowRow): MaintenanceWindow {
  return { ...row, owner: { id: ownerId, name: ownerName } }
}

export const windowColumns = `w.id, w.cluster_id as "clusterId", c.name as "clusterName", w.label, w.reason,
  w.owner_id as "ownerId", w.owner_name as "ownerName", w.forbids, w.starts_at as "startsAt", w.ends_at as "endsAt",
  w.ended_at as "endedAt", w.ended_by as "endedBy", w.created_at as "createdAt"`

const selectWindow = `select ${windowColumns} from maintenance_window w left join cluster c on c.id = w.cluster_id`
