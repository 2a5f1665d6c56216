import { graceMs } from '#domain/backup/due-runs.ts'
import type { Log } from '#server/log.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { findActor, scheduleActor } from '../request/actor.ts'
import { writeEnd } from './end.ts'
import { engine } from './queue.ts'
import { clickWaitsMs } from './start-within.ts'
import { notTakenUp } from './unfit.ts'

/** Ends operations that no run will ever end: never taken up, or given up by the engine. Their ids. */
export async function endOrphans(store: Store, log: Log): Promise<string[]> {
  const ended: string[] = []
  for (const orphan of await findOrphans(store)) {
    const actor = (await findActor(store, { id: orphan.actor_id, name: orphan.actor_name })).record
    const isEnded = await inTransaction(store, async (tx) => {
      const { rowCount } = await tx.query(
        'select 1 from operation where id = $1 and epoch = $2 and ended_at is null for update',
        [orphan.id, orphan.epoch],
      )
      if (rowCount !== 1) return false
      await writeEnd(tx, orphan.id, { state: 'unknown', outcome: sentenceOf(orphan), result: null }, actor)
      return true
    })
    if (!isEnded) continue
    log.error({ operation: orphan.id, cluster: orphan.cluster_name, workflow: orphan.status }, sentenceOf(orphan))
    ended.push(orphan.id)
  }
  return ended
}

/** A worker of another version may still come for what was begun; nobody waits longer than this for it. */
const abandonedAfterMs = 600_000

interface Orphan {
  id: string
  cluster_name: string
  kind: string
  actor_id: string
  actor_name: string
  epoch: number
  is_begun: boolean
  wait_ms: number
  status: string | null
}

async function findOrphans(store: Store): Promise<Orphan[]> {
  const { rows } = await store.pool.query<Orphan>(
    `select o.id, o.cluster_name, o.kind, o.actor_id, o.actor_name, o.epoch, s.status, may.wait_ms,
            exists (select from operation_step t where t.operation_id = o.id and t.started_at is not null) as is_begun
       from operation o
       left join dbos.workflow_status s on s.workflow_uuid = o.id::text
       left join worker w on w.executor_id = s.executor_id
      -- What no worker of this version would take up holds nobody up for longer than a click.
      cross join lateral (
        select case when o.actor_id = $4 and s.application_version = $3 then $5 else $1 end::float8 as wait_ms
      ) may
      where o.ended_at is null and o.state <> 'proposed'
        and case
              when s.status is null then true
              when s.status in ('MAX_RECOVERY_ATTEMPTS_EXCEEDED', 'ERROR', 'CANCELLED', 'SUCCESS') then true
              when s.status = 'ENQUEUED' and o.state = 'planned'
                then coalesce(o.released_at, o.requested_at) < clock_timestamp() - make_interval(secs => may.wait_ms / 1000)
              when s.status = 'ENQUEUED'
                then to_timestamp(s.updated_at / 1000.0) < clock_timestamp() - make_interval(secs => $2)
              -- Claimed by another version, which its name or any other may bear no more. Ours is put back into the queue.
              when s.status = 'PENDING' and s.application_version is distinct from $3
                   and (w.state = 'live' and w.application_version = s.application_version) is not true
                then greatest(
                       to_timestamp(s.updated_at / 1000.0),
                       case w.state when 'live' then w.started_at else w.heartbeat_at end
                     ) < clock_timestamp() - make_interval(secs => $2)
              else false
            end`,
    [clickWaitsMs, abandonedAfterMs / 1000, engine.applicationVersion, scheduleActor.id, graceMs],
  )
  return rows
}

function sentenceOf(orphan: Orphan): string {
  if (!orphan.is_begun) return notTakenUp({ clusterName: orphan.cluster_name }, orphan.wait_ms)
  if (orphan.kind === 'backup') {
    return `No worker could bring this to its end. The backup of ${orphan.cluster_name} may be running still, or have ended: see what pgbackrest info lists before you ask again.`
  }
  if (orphan.kind === 'restore') {
    return `No worker could bring this recovery to its end. Patroni may be stopped and masked on the nodes of ${orphan.cluster_name}, its pgBouncers closed and old data kept beside the live: the steps tell how far it came. Look at every node before you start anything.`
  }
  return `No worker could bring this to its end. See who leads ${orphan.cluster_name} (patronictl list) and what the last line of patronictl history says before you act again.`
}
