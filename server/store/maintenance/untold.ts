import type pg from 'pg'
import type { MaintenanceWindow } from '#domain/maintenance/window.ts'
import type { Queryable } from '../queryable.ts'
import { windowColumns, windowOf } from './windows.ts'

/** A window that may have something to tell, and what of it was told. */
export interface UntoldWindow {
  window: MaintenanceWindow
  isStartTold: boolean
  isEndingTold: boolean
  /** Clusters that it is over now. */
  clusters: { clusterId: string; clusterName: string }[]
}

/** Windows whose end was not told yet, held until the end of the transaction; those that another worker holds are left to it. */
export async function takeUntold(tx: pg.PoolClient): Promise<UntoldWindow[]> {
  const { rows } = await tx.query<Parameters<typeof windowOf>[0] & Omit<UntoldWindow, 'window'>>(
    `select ${windowColumns}, w.told_start_at is not null as "isStartTold", w.told_ending_at is not null as "isEndingTold",
            coalesce((select json_agg(json_build_object('clusterId', o.id, 'clusterName', o.name) order by o.name)
                        from cluster o where o.id = w.cluster_id or w.label = any(o.labels)), '[]') as clusters
       from maintenance_window w left join cluster c on c.id = w.cluster_id
      where w.told_end_at is null and w.starts_at <= now()
      order by w.starts_at for update of w skip locked`,
  )
  return rows.map(({ isStartTold, isEndingTold, clusters, ...row }) => ({
    window: windowOf(row),
    isStartTold,
    isEndingTold,
    clusters,
  }))
}

/** Whether there are windows whose end was not told yet, begun or not. */
export async function isAnyUntold(on: Queryable): Promise<boolean> {
  const { rows } = await on.query<{ isAny: boolean }>(
    'select exists (select from maintenance_window where told_end_at is null) as "isAny"',
  )
  return rows[0]?.isAny === true
}

export type ToldPart = 'start' | 'ending' | 'end'

/** Notes that something of a window was told. */
export async function markTold(tx: pg.PoolClient, id: string, part: ToldPart): Promise<void> {
  await tx.query(`update maintenance_window set ${columns[part]} = now() where id = $1`, [id])
}

const columns = {
  start: 'told_start_at',
  ending: 'told_ending_at',
  end: 'told_end_at',
} as const satisfies Record<ToldPart, string>
