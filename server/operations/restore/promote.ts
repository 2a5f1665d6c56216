import { recoveryStatus } from '#agent/protocol/results.ts'
import { runJob } from '../agent-job.ts'
import type { StepOutcome } from '../define.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'

/** Lets the recovered Postgres begin its new timeline, still for this machine alone and with nothing archived. */
export async function promote(context: RestoreContext): Promise<StepOutcome> {
  const { node } = context.operation.plan
  const end = await runJob(context, { node, verb: 'postgres-promote', args: {} })
  if (end.kind !== 'succeeded') return end
  const newTimeline = recoveryStatus.safeParse(end.job.result).data?.newTimeline ?? null
  noteRestore(context, { isPromoted: true, ...(newTimeline === null ? {} : { newTimeline }) })
  return {
    kind: 'done',
    detail: `Postgres takes writes on ${node}${newTimeline === null ? '' : `, on timeline ${newTimeline}`}, and archives nothing yet.`,
  }
}
