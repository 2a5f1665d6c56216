import * as z from 'zod/mini'
import type { JobState } from './job.ts'

/** Begins the line of a `pooler-pause` that says that everything stands still. */
export const pausedLine = 'Paused: '

/** `pooler-pause`: from when to when, and what ended it: its limit, somebody who resumed, or whoever ended the job. */
export const poolerPaused = z.object({
  pausedAt: z.string(),
  resumedAt: z.string(),
  why: z.enum(['limit', 'resumed', 'ended']),
})
export type PoolerPaused = z.output<typeof poolerPaused>

/** Begins the line that the agent itself adds to a pause whose processes were killed, once it has resumed what they may have left paused. */
export const rescuedLine = 'Resumed by the agent: '

/** True once a pause surely holds nobody back any more: its program came to an end of its own, or never began, or the agent resumed after it. */
export function isLetGo(
  job: Pick<JobState, 'state' | 'startedAt' | 'exitCode'> & { lines: readonly string[] },
): boolean {
  if (job.state === 'accepted' || job.state === 'running') return false
  const isOrderly = job.startedAt === null || job.exitCode === 0 || job.exitCode === 1
  return isOrderly || isRescued(job.lines)
}

/** True where the agent had to resume. */
export function isRescued(lines: readonly string[]): boolean {
  return lines.some((line) => line.startsWith(rescuedLine))
}
