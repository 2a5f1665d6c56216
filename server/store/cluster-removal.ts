import type pg from 'pg'
import type { HeldOfCluster } from '#domain/plan/removal-plan.ts'
import { awaitWatch } from './alerts/watch.ts'
import { removeCluster } from './clusters.ts'
import { notify } from './notify.ts'
import type { Queryable } from './queryable.ts'

/** Digest of a cluster's registration: another as soon as anybody has edited it; null when it is not registered. */
export async function registrationOf(on: Queryable, clusterId: string): Promise<string | null> {
  // The time as a number: as a text it would be in the zone of whoever asks.
  const { rows } = await on.query<{ digest: string }>(
    `select encode(sha256(convert_to(jsonb_build_array(name, labels, scope, system_identifier, is_standby, endpoints,
                                                       extract(epoch from updated_at))::text, 'UTF8')), 'hex') as digest
       from cluster where id = $1`,
    [clusterId],
  )
  return rows[0]?.digest ?? null
}

/** What the console holds of a cluster, and what of it goes when the cluster is removed. */
export async function heldOfCluster(on: Queryable, clusterId: string): Promise<HeldOfCluster> {
  const { rows } = await on.query<Record<keyof HeldOfCluster, unknown>>(
    `select (select count(*)::int from secret where cluster_id = $1) as secrets,
            (select count(*)::int from agent where cluster_id = $1) as agents,
            (select count(*)::int from schedule where cluster_id = $1 and kind = 'backup' and is_enabled) as "backupSchedules",
            (select count(*)::int from schedule where cluster_id = $1 and kind = 'rehearsal' and is_enabled) as "rehearsalSchedules",
            (select count(*)::int from app_grant where cluster_id = $1)
              + (select count(*)::int from group_mapping where cluster_id = $1)
              + (select count(*)::int from api_token_grant where cluster_id = $1) as grants,
            (select count(*)::int from share_link_cluster c join share_link s on s.id = c.share_id
              where c.cluster_id = $1 and s.revoked_at is null and s.expires_at > now()) as shares,
            (select count(*)::int from silence where cluster_id = $1 and ends_at > now()) as silences,
            (select count(*)::int from maintenance_window
              where cluster_id = $1 and ended_at is null and ends_at > now()) as windows,
            (select count(*)::int from route where cluster_id = $1) as routes,
            array(select name from approval_policy where scope_cluster_id = $1 order by name) as policies,
            (select count(*)::int from alert where cluster_id = $1 and state = 'firing') as alerts,
            (select count(*)::int from operation where cluster_id = $1 and state = 'proposed') as proposed`,
    [clusterId],
  )
  return rows[0] as unknown as HeldOfCluster
}

/**
 * Removes a cluster, and ends what would hold for ever without anybody to look at it: alerts only after nobody can find any more, which they
 * do under its lease or, the watchdog, under a lock of its own.
 */
export async function removeWithAlerts(tx: pg.PoolClient, clusterId: string): Promise<void> {
  await awaitWatch(tx)
  await tx.query('select from cluster_lease where cluster_id = $1 for update', [clusterId])
  await removeCluster(tx, clusterId)
  await tx.query(`delete from alert where cluster_id = $1 and state = 'pending'`, [clusterId])
  await tx.query(
    `update alert set state = 'resolved', resolved_at = clock_timestamp() where cluster_id = $1 and state = 'firing'`,
    [clusterId],
  )
  await tx.query('update incident set closed_at = clock_timestamp() where cluster_id = $1 and closed_at is null', [
    clusterId,
  ])
  await notify(tx, { kind: 'alerts', clusterId })
}

/** Which tables still hold something of a cluster that goes with it; none where it is removed. */
export async function leftOfCluster(on: Queryable, clusterId: string): Promise<string[]> {
  const left: string[] = []
  for (const [table, column] of goesWithIt) {
    const { rows } = await on.query<{ is_there: boolean }>(
      `select exists (select from ${table} where ${column} = $1) as is_there`,
      [clusterId],
    )
    if (rows[0]?.is_there) left.push(table)
  }
  return left
}

const goesWithIt = [
  ['cluster', 'id'],
  ['secret', 'cluster_id'],
  ['agent', 'cluster_id'],
  ['schedule', 'cluster_id'],
  ['app_grant', 'cluster_id'],
  ['api_token_grant', 'cluster_id'],
  ['share_link_cluster', 'cluster_id'],
] as const
