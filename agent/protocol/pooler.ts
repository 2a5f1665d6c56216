import { z } from 'zod'

/** Begins the line of a `pooler-pause` that says that everything stands still. */
export const pausedLine = 'Paused: '

/** `pooler-pause`: from when to when, and what ended it: its limit, somebody who resumed, or whoever ended the job. */
export const poolerPaused = z.object({
  pausedAt: z.string(),
  resumedAt: z.string(),
  why: z.enum(['limit', 'resumed', 'ended']),
})
export type PoolerPaused = z.output<typeof poolerPaused>
