import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor'
import { registerInternalQueue, wfQueueRunner } from '@dbos-inc/dbos-sdk/internal/wfqueue'
import { INTERNAL_QUEUE_NAME } from '@dbos-inc/dbos-sdk/internal/utils'
import { workflowTimeoutConfig } from '@dbos-inc/dbos-sdk/internal/workflow_management'

/** DBOS looks at its own queue, on which the minute's look at schedules comes, once a second: five are soon enough. */
export const ownQueueMs = 5_000
/** Until what queues there are is known for sure. */
const settleMs = 10_000
/** Nothing here changes a queue while it is used, delays a workflow or gives it a time to be over by. */
const upkeepMs = 60_000

/** Says how often DBOS looks at its own queue, and for workflows that are over their time; to be called before DBOS is launched, which takes what it finds. */
export function calmLooks(ownPollMs: number): void {
  workflowTimeoutConfig.pollingIntervalMs = upkeepMs
  registerInternalQueue(INTERNAL_QUEUE_NAME, { minPollingIntervalMs: ownPollMs })
}

/** Stops DBOS from looking ten times a second for signals to send on: it is told of nobody who would take them. To be called once it is launched. */
export function calmTelemetry(): void {
  // A private part of a library that is pinned to its version.
  clearInterval(DBOSExecutor.globalInstance?.tracer['telemetryCollector']['signalBufferID'])
}

/** Lets DBOS keep up its queues less often than each second, soon after it was launched; the returned function takes that back. */
export function calmUpkeep(afterMs = settleMs): () => void {
  const usual = { reconcileIntervalMs: 1_000, transitionIntervalMs: 1_000 }
  const runner: object = wfQueueRunner.constructor
  const timer = setTimeout(() => {
    Object.assign(runner, { reconcileIntervalMs: upkeepMs, transitionIntervalMs: upkeepMs })
  }, afterMs)
  timer.unref()
  return () => {
    clearTimeout(timer)
    Object.assign(runner, usual)
  }
}
