import type { ArchivingHeld } from '#domain/wal/archiving-held.ts'
import type { Store } from './open.ts'

/**
 * The newest recovery in place of a cluster that held archiving back before a moment, as its steps tell; null = none. It is held back from the first
 * start of Postgres outside Patroni until the restart that opens it, even one of which nobody knows whether it came about, or until it is stopped.
 */
export async function archivingHeld(store: Store, clusterId: string, before: Date): Promise<ArchivingHeld | null> {
  const { rows } = await store.pool.query<{
    recoveryAt: Date
    fromAt: Date
    untilAt: Date | null
    endedAt: Date | null
  }>(
    `select coalesce(o.started_at, o.requested_at) as "recoveryAt", held.first_at as "fromAt", o.ended_at as "endedAt",
            (select max(s.ended_at) from operation_step s
              where s.operation_id = o.id and s.state <> 'skipped'
                and (split_part(s.name, '~', 1) = 'open' or (split_part(s.name, '~', 1) = 'halt' and s.state = 'done'))
                and s.ended_at >= held.last_at) as "untilAt"
       from operation o
       cross join lateral (
         select min(s.started_at) as first_at, max(s.started_at) as last_at
           from operation_step s where s.operation_id = o.id and split_part(s.name, '~', 1) = 'recover'
       ) held
      where o.cluster_id = $1 and o.kind = 'restore' and held.first_at <= $2
      order by held.first_at desc limit 1`,
    [clusterId, before],
  )
  return rows[0] ?? null
}
