import { jobState, type JobState } from '#agent/protocol/job.ts'
import { isLetGo, pausedLine } from '#agent/protocol/pooler.ts'
import type { PoolerCommandPlan, PoolerPausePlan } from '#domain/plan/pooler-plan.ts'
import { AppError } from '#server/errors.ts'
import { agentOn } from '../agent-job.ts'
import type { StepContext } from '../define.ts'

export type PauseContext = StepContext<PoolerPausePlan>
export type CommandContext = StepContext<PoolerCommandPlan>

/** The step whose jobs, one on each node, hold the poolers. */
export const paspendStep = 'pause'

/** How the pause of one node stands; null = its agent does not tell now. Throws AppError `not-found` where it knows of none. */
export async function pauseOn(context: PauseContext, node: string): Promise<JobState | null> {
  const { operation } = context.binding
  try {
    const asked = { operation, step: paspendStep, from: 0 }
    const answer = jobState.safeParse(await agentOn(context, node).ask('job-state', asked, null, context.signal))
    return answer.success ? answer.data : null
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'not-found') throw error
    return null
  }
}

/** True once everything stands still and nothing has ended it yet. */
export function isHeld({ state, output }: JobState): boolean {
  return state === 'running' && output.lines.some((line) => line.startsWith(pausedLine))
}

/** True once the job has ended, however it did. */
export function isOver({ state }: JobState): boolean {
  return state !== 'running' && state !== 'accepted'
}

/** True once it has ended and surely holds nobody back. */
export function hasLetGo(job: JobState): boolean {
  return isLetGo({ ...job, lines: job.output.lines })
}
