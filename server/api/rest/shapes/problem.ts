import { z } from 'zod'
import type { Problem } from '#domain/snapshot/reading.ts'

export const problem: z.ZodType<Problem> = z.object({
  kind: z.enum(['refused', 'timeout', 'unreachable', 'empty-reply', 'tls', 'unauthorized', 'too-large', 'protocol']),
  sentence: z.string(),
  since: z.date(),
  observedAt: z.date(),
})
