import { z } from 'zod'

/**
 * How a job stands. `accepted`: journaled, not yet begun. `lost`: the machine was started anew, or what ran it was killed, so
 * nobody knows how it ended. `cancelled`: ended because it was asked to.
 */
export const jobState = z.object({
  operation: z.string(),
  step: z.string(),
  verb: z.string(),
  state: z.enum(['accepted', 'running', 'succeeded', 'failed', 'cancelled', 'lost']),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** Exit code of the program; null while it runs, or when a signal ended it. */
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  /** What the verb made of it, e.g. the label of a backup; its form is the verb's. */
  result: z.unknown(),
  /** One sentence for a person; null while all is well. */
  problem: z.string().nullable(),
  output: z.object({
    /** Number of the first line in `lines`. */
    from: z.int(),
    lines: z.array(z.string()),
    /** How many lines there are by now; of a very long output the oldest are not kept. */
    total: z.int(),
  }),
})

export type JobState = z.output<typeof jobState>
