import type { StepOutcome } from '../define.ts'
import { doJobs } from './ask-node.ts'
import type { RestoreContext } from './context.ts'
import { replicaOf } from './step-names.ts'

/** Stops Patroni on a replica, and with it its Postgres; nothing starts it again, a reboot included. */
export function stopReplica(context: RestoreContext): Promise<StepOutcome> {
  return stop(context, replicaOf(context.binding.step, context.operation.plan))
}

/** The leader comes last: stopped first, a replica would take over. */
export function stopLeader(context: RestoreContext): Promise<StepOutcome> {
  return stop(context, context.operation.plan.leader)
}

/** On the way back: the recovered node leaves the lead that it had taken already. */
export function standDown(context: RestoreContext): Promise<StepOutcome> {
  return stop(context, context.operation.plan.node)
}

async function stop(context: RestoreContext, node: string): Promise<StepOutcome> {
  const failure = await doJobs(context, [
    { node, verb: 'patroni-mask', args: {}, part: 'mask' },
    { node, verb: 'patroni-stop', args: {}, part: 'stop' },
  ])
  return (
    failure ?? { kind: 'done', detail: `Patroni and Postgres are stopped on ${node}, and do not start by themselves.` }
  )
}
