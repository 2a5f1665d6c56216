import { keptData } from '#agent/protocol/results.ts'
import { type JobPace, runJob } from '../agent-job.ts'
import type { StepOutcome } from '../define.ts'
import { askNow } from './ask.ts'
import type { RehearsalContext } from './context.ts'
import { usualPace } from './pace.ts'

/** Stops and deletes what was restored; the file that was taken out stays, where there is a whole one. */
export async function destroy(context: RehearsalContext, pace: JobPace = usualPace): Promise<StepOutcome> {
  const { id: name, plan } = context.operation
  const { node } = plan
  const keepsFile = context.facts.rehearsal?.extract !== undefined
  const end = await runJob(context, { node, verb: 'rehearsal-discard', args: { name, keepsFile } }, pace)
  if (end.kind !== 'succeeded') {
    return {
      ...end,
      detail: `${end.detail} What was restored may still be on ${node}: let go what this rehearsal left.`,
    }
  }
  return { kind: 'done', detail: `Nothing of it is left on ${node}${keepsFile ? ' but the file' : ''}.` }
}

/** The end of a rehearsal that was called off. */
export async function callOff(context: RehearsalContext, pace: JobPace = usualPace): Promise<StepOutcome> {
  const { id, plan } = context.operation
  const { node } = plan
  const kept = await askNow(context, { node, verb: 'data-kept', args: {}, answer: keptData }, pace)
  const left = kept.rehearsals.some(({ name, hasFile }) => name === id && !hasFile)
  if (left) return { kind: 'failed', detail: `Something of the rehearsal is still on ${node}: let it go.` }
  return { kind: 'cancelled', detail: `It was called off, and nothing of what was restored is left on ${node}.` }
}
