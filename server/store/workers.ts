import { inTransaction, type Store } from './open.ts'
import type { Queryable } from './queryable.ts'

/** One process under a worker's stable name. */
export interface WorkerIdentity {
  executorId: string
  /** Different for every start. */
  bootId: string
  pid: number
  /** Machine and process namespace the pid counts in. */
  host: string
  applicationVersion: string
}

export type WorkerState = 'live' | 'dead' | 'stopped'

export interface StoredWorker extends WorkerIdentity {
  startedAt: Date
  heartbeatAt: Date
  state: WorkerState
  /** On the clock of the database. */
  silentMs: number
}

/** Who last worked under this name; null when nobody ever did. */
export async function findWorker(
  on: Queryable,
  executorId: string,
  lock: 'locked' | 'unlocked' = 'unlocked',
): Promise<StoredWorker | null> {
  const { rows } = await on.query<WorkerRow>(
    `${selectWorker} where executor_id = $1 ${lock === 'locked' ? 'for update' : ''}`,
    [executorId],
  )
  return rows[0] ? workerOf(rows[0]) : null
}

/** Puts this process under its name, whoever was there before. */
export async function takeName(tx: Queryable, worker: WorkerIdentity): Promise<void> {
  await tx.query(
    `insert into worker (executor_id, boot_id, pid, host, application_version, started_at, heartbeat_at, state)
     values ($1, $2, $3, $4, $5, clock_timestamp(), clock_timestamp(), 'live')
     on conflict (executor_id) do update
        set boot_id = excluded.boot_id, pid = excluded.pid, host = excluded.host,
            application_version = excluded.application_version, started_at = excluded.started_at,
            heartbeat_at = excluded.heartbeat_at, state = 'live'`,
    [worker.executorId, worker.bootId, worker.pid, worker.host, worker.applicationVersion],
  )
}

/**
 * Says that this process lives, and how late its loop comes back, ms; false when its name was declared dead or belongs to another process
 * by now.
 */
export async function beat(store: Store, worker: WorkerIdentity, lateMs: number | null = null): Promise<boolean> {
  const { rowCount } = await store.pool.query(
    `update worker set heartbeat_at = clock_timestamp(), late_ms = $3
      where executor_id = $1 and boot_id = $2 and state = 'live'`,
    [worker.executorId, worker.bootId, lateMs],
  )
  return rowCount === 1
}

/** Names whose process has been silent for longer than this, ms. */
export async function overdueWorkers(store: Store, overdueMs: number): Promise<string[]> {
  const { rows } = await store.pool.query<{ executor_id: string }>(
    `select executor_id from worker
      where state = 'live' and heartbeat_at < clock_timestamp() - make_interval(secs => $1)`,
    [overdueMs / 1000],
  )
  return rows.map((row) => row.executor_id)
}

/** Names of the workers that gave a sign of life within 10 s, but for this one. */
export async function liveWorkers(on: Queryable, except: string | null): Promise<string[]> {
  const { rows } = await on.query<{ executor_id: string }>(
    `select executor_id from worker
      where state = 'live' and heartbeat_at > clock_timestamp() - interval '10 seconds'
        and executor_id is distinct from $1
      order by executor_id`,
    [except],
  )
  return rows.map((row) => row.executor_id)
}

/** A worker as those see it who watch over the console. */
export interface WorkerPulse {
  executorId: string
  isLive: boolean
  silentSeconds: number
  /** Null = not told. */
  lateSeconds: number | null
  /** Clusters that it looks at. */
  leases: number
}

/** Every worker that lives, or that nobody has said has stopped; and how it does. */
export async function workerPulses(on: Queryable): Promise<WorkerPulse[]> {
  const { rows } = await on.query<WorkerPulse>(
    `select executor_id as "executorId", heartbeat_at > clock_timestamp() - interval '10 seconds' as "isLive",
            greatest(0, extract(epoch from clock_timestamp() - heartbeat_at))::float8 as "silentSeconds",
            late_ms / 1000.0::float8 as "lateSeconds",
            (select count(*) from cluster_lease l
              where l.executor_id = w.executor_id and l.expires_at > clock_timestamp())::int as leases
       from worker w
      where state <> 'stopped' and heartbeat_at > clock_timestamp() - interval '1 day'
      order by heartbeat_at desc limit 100`,
  )
  return rows
}

/**
 * Ends the life of a name: its clusters are free to be looked at by others, and each operation it held gets the next epoch
 * of its cluster; the ids of these.
 */
export async function retireWorker(tx: Queryable, executorId: string, state: 'dead' | 'stopped'): Promise<string[]> {
  await tx.query('update worker set state = $2 where executor_id = $1', [executorId, state])
  await tx.query('delete from cluster_lease where executor_id = $1', [executorId])
  return raiseEpochs(tx, executorId)
}

/** Gives each active operation of a worker the next epoch of its cluster, so that whoever ran it is fenced off; their ids. */
export async function raiseEpochs(tx: Queryable, executorId: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string; cluster_id: string }>(
    `select id, cluster_id from operation
      where executor_id = $1 and state in ('planned', 'running', 'waiting') order by id for update`,
    [executorId],
  )
  for (const { id, cluster_id: clusterId } of rows) {
    const epoch = await nextEpoch(tx, clusterId)
    await tx.query('update operation set epoch = $2, executor_id = null where id = $1', [id, epoch])
  }
  return rows.map((row) => row.id)
}

/** Draws the next fencing epoch of a cluster. */
export async function nextEpoch(tx: Queryable, clusterId: string): Promise<number> {
  const { rows } = await tx.query<{ epoch: number | string }>(
    `insert into cluster_epoch (cluster_id, epoch) values ($1, 1)
     on conflict (cluster_id) do update set epoch = cluster_epoch.epoch + 1
     returning epoch`,
    [clusterId],
  )
  return Number(rows[0]?.epoch)
}

/** Forgets names that ended long ago. */
export async function forgetOldWorkers(store: Store): Promise<void> {
  await inTransaction(store, async (tx) => {
    await tx.query(
      `delete from worker where state <> 'live' and heartbeat_at < now() - interval '7 days'
          and not exists (select from operation o where o.executor_id = worker.executor_id and o.ended_at is null)`,
    )
  })
}

const selectWorker = `
  select executor_id, boot_id, pid, host, application_version, started_at, heartbeat_at, state,
         extract(epoch from clock_timestamp() - heartbeat_at)::float8 * 1000 as silent_ms
    from worker`

interface WorkerRow {
  executor_id: string
  boot_id: string
  pid: number
  host: string
  application_version: string
  started_at: Date
  heartbeat_at: Date
  state: WorkerState
  silent_ms: number
}

function workerOf(row: WorkerRow): StoredWorker {
  return {
    executorId: row.executor_id,
    bootId: row.boot_id,
    pid: row.pid,
    host: row.host,
    applicationVersion: row.application_version,
    startedAt: row.started_at,
    heartbeatAt: row.heartbeat_at,
    state: row.state,
    silentMs: row.silent_ms,
  }
}
