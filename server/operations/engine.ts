import { DBOS } from '@dbos-inc/dbos-sdk'
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor'
import type { Log } from '#server/log.ts'
import { engine } from './queue.ts'
import { runOperation } from './run-operation.ts'
import type { OperationSurroundings } from './surroundings.ts'

/** Starts the durable engine: recovers what this worker's name was running before and takes work from the queue. */
export async function launchEngine(surroundings: OperationSurroundings): Promise<void> {
  const { store, worker, log } = surroundings
  DBOS.setConfig({
    name: engine.applicationName,
    systemDatabaseUrl: store.url,
    systemDatabasePoolSize: 5,
    executorID: worker.executorId,
    applicationVersion: engine.applicationVersion,
    listenQueues: [engine.queueName],
    // Nothing here waits for DBOS's own messages and events.
    useListenNotify: false,
    schedulerPollingIntervalMs: 60_000,
    logger: quietly(log),
  })
  DBOS.registerWorkflow((id: string) => runOperation(surroundings, id), { name: engine.workflowName })
  await DBOS.launch()
  await DBOS.registerQueue(engine.queueName, { minPollingIntervalMs: 500, onConflict: 'always_update' })
}

/** Stops taking work. What runs is not waited for: it is taken over. */
export async function stopEngine(): Promise<void> {
  await DBOS.shutdown()
}

/** Puts what these workers were running back into the queue; must not be called for one that lives. */
export async function recoverWorkflowsOf(executorIds: string[]): Promise<void> {
  await DBOSExecutor.globalInstance?.recoverPendingWorkflows(executorIds)
}

function quietly(log: Log) {
  return {
    info: (entry: unknown) => log.debug(String(entry)),
    debug: (entry: unknown) => log.trace(String(entry)),
    warn: (entry: unknown) => log.warn(String(entry)),
    error: (entry: unknown) => log.error(String(entry)),
  }
}
