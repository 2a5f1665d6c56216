import { moveOn, type Standing, type StretchChange } from '#domain/availability/move-on.ts'
import type { WriteLook } from '#domain/availability/look.ts'
import type { Queryable } from '../queryable.ts'
import { readStanding } from './read.ts'

/**
 * Keeps what some looks say of whether writes are served, in the transaction that keeps the snapshot, and before it: that the newest
 * snapshot was the last look is how a gap between two workers is found. `standing` is what the last call returned, null before the first.
 */
export async function keepLooks(
  tx: Queryable,
  { clusterId, standing, looks }: { clusterId: string; standing: Standing | null; looks: readonly WriteLook[] },
): Promise<Standing | null> {
  const before = standing ?? (await readStanding(tx, clusterId))
  let now = before
  for (const look of looks) {
    const moved = moveOn(now, look)
    for (const change of moved.changes) await keepChange(tx, clusterId, change)
    now = moved.standing
  }
  if (now !== null && !isKept(before, now)) await saveStanding(tx, clusterId, now)
  return now
}

/** When the last look was is what the newest snapshot says. */
function isKept(before: Standing | null, now: Standing): boolean {
  return (
    before !== null &&
    before.state === now.state &&
    before.cause === now.cause &&
    before.leader === now.leader &&
    before.since.getTime() === now.since.getTime()
  )
}

async function saveStanding(tx: Queryable, clusterId: string, standing: Standing): Promise<void> {
  const { state, cause, since, leader, measuredFrom } = standing
  await tx.query(
    `insert into availability_standing (cluster_id, state, cause, since, leader, measured_from)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (cluster_id) do update set state = $2, cause = $3, since = $4, leader = $5`,
    [clusterId, state, cause, since, leader, measuredFrom],
  )
}

async function keepChange(tx: Queryable, clusterId: string, change: StretchChange): Promise<void> {
  switch (change.kind) {
    case 'begin':
      await tx.query('insert into availability_stretch (cluster_id, kind, began, cause) values ($1, $2, $3, $4)', [
        clusterId,
        change.stretch,
        change.at,
        change.cause,
      ])
      return
    case 'end':
      await tx.query(
        'update availability_stretch set ended = greatest(began, $2) where cluster_id = $1 and ended is null',
        [clusterId, change.at],
      )
      return
    case 'recast':
      await tx.query(
        `update availability_stretch set kind = 'outage', cause = $2 where cluster_id = $1 and ended is null`,
        [clusterId, change.cause],
      )
  }
}
