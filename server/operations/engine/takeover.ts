import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#server/log.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { findWorker, overdueWorkers, retireWorker, type WorkerIdentity } from '#server/store/workers.ts'
import { recoverWorkflowsOf } from './engine.ts'
import { type Heartbeat, overdueMs } from './heartbeat.ts'
import { endOrphans } from './orphans.ts'
import { engine } from './queue.ts'
import { seldom } from './seldom.ts'

/** How often a worker looks for dead ones, ms. */
export const lookEveryMs = 1_000
const orphansEveryMs = 5_000

/** Looks after what dead workers left behind, until the signal: takes their operations over, ends those that nobody will. */
export async function watchOverPeers(
  given: { store: Store; self: WorkerIdentity; heartbeat: Heartbeat; log: Log },
  signal: AbortSignal,
): Promise<void> {
  const { store, self, heartbeat, log } = given
  const isDue = seldom()
  let orphansAt = 0
  while (!signal.aborted) {
    try {
      // Asked each second, and hardly ever is anything left.
      const left = await whatIsLeft(store, self)
      const mayRetire = left.isSomebodyOverdue && heartbeat.unbrokenMs > overdueMs
      const retired = mayRetire ? await retireOverdue(store, self, log) : []
      const recovered = left.isWorkLeft || retired.length > 0 ? await recoverLeftWork(store) : []
      if (recovered.length > 0) log.warn({ executors: recovered }, 'took over what they left')
      if (performance.now() - orphansAt > orphansEveryMs) {
        await endOrphans(store, log)
        orphansAt = performance.now()
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      if (isDue(reason)) log.warn({ reason }, 'could not look after the other workers')
    }
    await sleep(lookEveryMs, undefined, { signal }).catch(() => {})
  }
}

/** Declares silent workers dead and fences off their operations, each in one transaction; others may do so at the same time. */
export async function retireOverdue(store: Store, self: WorkerIdentity, log: Log): Promise<string[]> {
  const retired: string[] = []
  for (const executorId of await overdueWorkers(store, overdueMs)) {
    if (executorId === self.executorId) continue
    const operations = await inTransaction(store, async (tx) => {
      const worker = await findWorker(tx, executorId, 'locked')
      if (worker?.state !== 'live' || worker.silentMs <= overdueMs) return null
      return retireWorker(tx, executorId, 'dead')
    })
    if (operations === null) continue
    log.warn({ executor: executorId, operations }, 'it has been silent for too long: declared dead')
    retired.push(executorId)
  }
  return retired
}

/**
 * Puts what workers of this version that do not live were running back into the queue. Found by looking and not remembered, so that it is done
 * as well when whoever declared them dead died in between; doing it twice does no harm.
 */
export async function recoverLeftWork(store: Store): Promise<string[]> {
  const { rows } = await store.pool.query<{ executor_id: string }>(`select distinct s.executor_id ${leftWork('$1')}`, [
    engine.applicationVersion,
  ])
  const executors = rows.map((row) => row.executor_id)
  if (executors.length > 0) await recoverWorkflowsOf(executors)
  return executors
}

/** Whether other workers are silent for too long, and whether any left work behind, in one look. */
export async function whatIsLeft(
  store: Store,
  self: WorkerIdentity,
): Promise<{ isSomebodyOverdue: boolean; isWorkLeft: boolean }> {
  const { rows } = await store.pool.query<{ isSomebodyOverdue: boolean; isWorkLeft: boolean }>(
    `select exists (select from worker
                     where state = 'live' and heartbeat_at < clock_timestamp() - make_interval(secs => $1)
                       and executor_id <> $2) as "isSomebodyOverdue",
            exists (select ${leftWork('$3')}) as "isWorkLeft"`,
    [overdueMs / 1000, self.executorId, engine.applicationVersion],
  )
  return rows[0] ?? { isSomebodyOverdue: true, isWorkLeft: true }
}

function leftWork(version: string): string {
  return `from dbos.workflow_status s
      where s.status = 'PENDING' and s.executor_id <> '' and s.application_version = ${version}
        and not exists (select from worker w where w.executor_id = s.executor_id and w.state = 'live')`
}
