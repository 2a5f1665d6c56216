import { randomUUID } from 'node:crypto'
import { DBOS } from '@dbos-inc/dbos-sdk'
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor'
import { engine } from './queue.ts'

let taking: Promise<void> | null = null
let isAskedAgain = false

/**
 * Starts what waits in the queue now, not at the engine's next poll; asked for meanwhile, it looks once more. Does nothing while no engine
 * runs; rejects with what the store throws, and then the poll does it.
 */
export function takeQueued(): Promise<void> {
  if (taking !== null) isAskedAgain = true
  taking ??= takeAll().finally(() => (taking = null))
  return taking
}

async function takeAll(): Promise<void> {
  do {
    isAskedAgain = false
    await takeOnce()
  } while (isAskedAgain)
}

async function takeOnce(): Promise<void> {
  const executor = DBOSExecutor.globalInstance
  const queue = executor && (await DBOS.retrieveQueue(engine.queueName))
  if (!executor || !queue) return
  const { systemDatabase, executorID } = executor
  const owner = randomUUID()
  const ids = await systemDatabase.findAndMarkStartableWorkflows(
    queue,
    executorID,
    engine.applicationVersion,
    undefined,
    systemDatabase.countRunningWorkflowsForQueue(engine.queueName),
    0,
    owner,
  )
  await executor.dispatchDequeuedWorkflows(ids, owner)
}
