import type pg from 'pg'
import { notifyAll } from '../notify.ts'

/** Tells with the commit that something of the alerts of a cluster changed; null = of all. */
export async function tellAlerts(tx: pg.PoolClient, clusterId: string | null): Promise<void> {
  const { rows } = await tx.query<{ id: string }>('select id from cluster where $1::uuid is null or id = $1', [
    clusterId,
  ])
  await notifyAll(
    tx,
    rows.map(({ id }) => ({ kind: 'alerts', clusterId: id }) as const),
  )
}
