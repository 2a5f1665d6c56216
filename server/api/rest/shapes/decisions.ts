import { z } from 'zod'
import type { Decision, Question } from '#domain/operation/question.ts'
import { attempt } from './recovered-data.ts'
import { recoveryTarget } from './recovery-target.ts'

const text = z.string()
const way = z.enum(['commit', 'move', 'abandon', 'retry', 'pass', 'leave'])

export const question: z.ZodType<Question> = z.object({
  step: z.int(),
  sentence: text,
  ways: z.array(z.object({ kind: way, title: text, sentence: text, isFinal: z.boolean() })),
  seen: attempt.nullable().exactOptional(),
  askedAt: z.date(),
})

export const decision: z.ZodType<Decision> = z.object({
  step: z.int(),
  way,
  target: recoveryTarget.nullable(),
  reason: text,
  by: text,
  at: z.date(),
})
