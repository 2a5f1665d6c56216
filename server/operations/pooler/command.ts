import { type JobPace, runJob } from '../agent-job.ts'
import type { StepOutcome } from '../define.ts'
import type { CommandContext } from './context.ts'

/** Has one agent after the other say the command; what one did stays done where another cannot. */
export async function command(context: CommandContext, pace?: JobPace): Promise<StepOutcome> {
  const { nodes, act, database } = context.operation.plan
  await context.remember({ sends: (context.facts.sends ?? 0) + 1 })
  const faults: string[] = []
  for (const [index, node] of nodes.entries()) {
    const end = await runJob(
      context,
      { node, verb: 'pooler-command', args: { act, database }, part: `n${index + 1}` },
      pace,
    )
    if (end.kind !== 'succeeded') faults.push(end.detail)
  }
  if (faults.length === 0) return { kind: 'done', detail: `Done on ${nodes.join(', ')}.` }
  const others = faults.length < nodes.length ? ' On the others it is done.' : ''
  return { kind: 'failed', detail: `${faults.join(' ')}${others}` }
}
