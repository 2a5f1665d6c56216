import type { Stretch } from '#domain/availability/measure.ts'
import type { Standing } from '#domain/availability/move-on.ts'
import { defaultTarget } from '#domain/availability/target.ts'
import type { WriteCause } from '#domain/availability/write-state.ts'
import type { Queryable } from '../queryable.ts'

/** A stretch as kept, with how it is known. */
export interface KeptStretch extends Stretch {
  cause: WriteCause
}

/** How far measuring a cluster has come; null before its first look. */
export async function readStanding(on: Queryable, clusterId: string): Promise<Standing | null> {
  const { rows } = await on.query<Standing>(
    `select a.state, a.cause, a.since, a.leader, a.measured_from as "measuredFrom",
            greatest(a.since, coalesce(s.taken_at, a.since)) as "lookedAt"
       from availability_standing a left join latest_snapshot s using (cluster_id)
      where a.cluster_id = $1`,
    [clusterId],
  )
  return rows[0] ?? null
}

/** The stretches of a cluster that reach into a part of time, in order. */
export async function readStretches(on: Queryable, clusterId: string, from: Date, to: Date): Promise<KeptStretch[]> {
  const { rows } = await on.query<KeptStretch>(
    `select kind, began, ended, cause from availability_stretch
      where cluster_id = $1 and began < $3 and (ended is null or ended > $2) order by began, id`,
    [clusterId, from, to],
  )
  return rows
}

/** What a cluster is held to. */
export async function readTarget(on: Queryable, clusterId: string): Promise<number> {
  const { rows } = await on.query<{ target: number }>('select target from availability_target where cluster_id = $1', [
    clusterId,
  ])
  return rows[0]?.target ?? defaultTarget
}

/** What every cluster is held to, by name. */
export async function listTargets(
  on: Queryable,
  clusterIds: readonly string[] | null,
): Promise<{ cluster: string; target: number }[]> {
  const { rows } = await on.query<{ cluster: string; target: number | null }>(
    `select c.name as cluster, t.target from cluster c left join availability_target t on t.cluster_id = c.id
      where $1::uuid[] is null or c.id = any($1) order by c.name`,
    [clusterIds],
  )
  return rows.map(({ cluster, target }) => ({ cluster, target: target ?? defaultTarget }))
}

/** Sets what a cluster is held to. */
export async function saveTarget(
  tx: Queryable,
  { clusterId, target, setBy }: { clusterId: string; target: number; setBy: string },
): Promise<void> {
  await tx.query(
    `insert into availability_target (cluster_id, target, set_by) values ($1, $2, $3)
     on conflict (cluster_id) do update set target = $2, set_by = $3, set_at = now()`,
    [clusterId, target, setBy],
  )
}
