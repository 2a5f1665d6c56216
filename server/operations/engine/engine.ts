import { DBOS } from '@dbos-inc/dbos-sdk'
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor'
import pg from 'pg'
import type { Log } from '#server/log.ts'
import { connectTimeoutMs } from '#server/store/connect-timeout.ts'
import { idleInTransactionMs } from '#server/store/open.ts'
import { calmLooks, calmTelemetry, calmUpkeep, ownQueueMs } from './calm-engine.ts'
import { engine } from './queue.ts'
import { runOperation } from './run-operation.ts'
import { everyMinute, registerTicks } from '../schedules/ticks.ts'
import { seldom } from './seldom.ts'
import type { OperationSurroundings } from './surroundings.ts'
import { takeQueued } from './take-queued.ts'

/**
 * Starts the durable engine: recovers what this worker's name was running before and takes work from the queue, every `pollMs` and
 * whenever `takeQueued` is called. The returned
 * function stops taking work; what runs is not waited for, it is taken over.
 */
export async function launchEngine(
  surroundings: OperationSurroundings,
  {
    cron = everyMinute,
    pollMs = 10_000,
    ownPollMs = ownQueueMs,
  }: { cron?: string; pollMs?: number; ownPollMs?: number } = {},
): Promise<() => Promise<void>> {
  const { store, worker, log } = surroundings
  const pool = openPool(store.url)
  DBOS.setConfig({
    name: engine.applicationName,
    systemDatabaseUrl: store.url,
    systemDatabasePool: pool,
    executorID: worker.executorId,
    applicationVersion: engine.applicationVersion,
    listenQueues: [engine.queueName],
    // Nothing here waits for DBOS's own messages and events.
    useListenNotify: false,
    schedulerPollingIntervalMs: 60_000,
    logger: quietly(log),
  })
  DBOS.registerWorkflow((id: string) => runOperation(surroundings, id), { name: engine.workflowName })
  const startTicks = registerTicks(surroundings, cron)
  calmLooks(ownPollMs)
  const endCalm = calmUpkeep()
  const stop = async () => {
    endCalm()
    await DBOS.shutdown({ deregister: true })
    await pool.end()
  }
  try {
    await DBOS.launch()
    calmTelemetry()
    await DBOS.registerQueue(engine.queueName, { minPollingIntervalMs: pollMs, onConflict: 'always_update' })
    await startTicks()
    // What its name was running before, and what waited while nobody heard of it.
    await takeQueued().catch((error: unknown) => log.debug({ error }, 'the queue is looked at again at its poll'))
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}

/** Puts what these workers were running back into the queue; must not be called for one that lives. */
export async function recoverWorkflowsOf(executorIds: string[]): Promise<void> {
  await DBOSExecutor.globalInstance?.recoverPendingWorkflows(executorIds)
  await takeQueued()
}

// DBOS repeats what a lost connection broke, for ever, but not what a time-out did: so there is none here.
function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 5,
    connectionTimeoutMillis: connectTimeoutMs(url, 5_000),
    idle_in_transaction_session_timeout: idleInTransactionMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'matriarch engine',
  })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

// Without the store DBOS complains several times a second.
function quietly(log: Log) {
  const isDue = seldom()
  return {
    info: (entry: unknown) => log.debug(String(entry)),
    debug: (entry: unknown) => log.trace(String(entry)),
    warn: (entry: unknown) => void (isDue(String(entry)) && log.warn(String(entry))),
    error: (entry: unknown) => void (isDue(String(entry)) && log.error(String(entry))),
  }
}
