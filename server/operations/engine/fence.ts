import { setTimeout as sleep } from 'node:timers/promises'
import type { Store } from '#server/store/open.ts'
import type { WorkerIdentity } from '#server/store/workers.ts'
import { untilStored } from './until-stored.ts'

/** One execution of an operation by one process; whoever executes it next has a higher epoch. Its own may be renewed. */
export interface Run {
  operationId: string
  clusterId: string
  clusterName: string
  epoch: number
  worker: WorkerIdentity
}

/** This process was declared dead, or its operation belongs to another run: it must do nothing more. */
export class FencedError extends Error {
  constructor(run: Pick<Run, 'operationId'>) {
    super(`Operation ${run.operationId} is run by somebody else by now.`)
    this.name = 'FencedError'
  }
}

/**
 * Resolves while the run may act: its worker is alive by the database's clock and the epoch is still its own. Throws
 * FencedError else. Patroni knows no epochs, so this and its `leader` field stand in for the fence: a process that slept
 * between the check and its answer checks again, and one whose heartbeat is late waits for the next.
 */
export async function checkFence(store: Store, run: Run): Promise<void> {
  for (;;) {
    const startedAt = performance.now()
    const silentMs = await untilStored(() => readSilence(store, run))
    if (silentMs === null) throw new FencedError(run)
    if (silentMs < lateHeartbeatMs && performance.now() - startedAt < longestCheckMs) return
    await sleep(200)
  }
}

// Below the ten seconds after which others take over: a worker that cannot tell that it lives must not act.
const lateHeartbeatMs = 8_000
const longestCheckMs = 1_000

/** How long the run's worker has not given a sign of life, ms; null when the run is not its own any more. */
async function readSilence(store: Store, run: Run): Promise<number | null> {
  const { rows } = await store.pool.query<{ silent_ms: number }>(
    `select extract(epoch from clock_timestamp() - w.heartbeat_at)::float8 * 1000 as silent_ms
       from operation o join worker w on w.executor_id = o.executor_id
      where o.id = $1 and o.epoch = $2 and o.ended_at is null
        and w.executor_id = $3 and w.boot_id = $4 and w.state = 'live'`,
    [run.operationId, run.epoch, run.worker.executorId, run.worker.bootId],
  )
  return rows[0]?.silent_ms ?? null
}
