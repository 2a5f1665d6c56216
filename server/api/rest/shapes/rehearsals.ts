import { z } from 'zod'
import type { RehearsalPlan } from '#domain/plan/rehearsal-plan.ts'
import type { RehearsalResult } from '#domain/rehearsal/rehearsal-result.ts'
import type { ExtractFile } from '../../operations/take-extract.ts'
import { planFields } from './plan-fields.ts'
import { attempt, checkAnswer, tableSeen } from './recovered-data.ts'
import { recoveryTarget } from './recovery-target.ts'

const text = z.string()
const textOrNull = text.nullable()
const amountOrNull = z.number().nullable()

export const rehearsalPlan: z.ZodType<RehearsalPlan> = z.object({
  ...planFields,
  kind: z.literal('rehearsal'),
  node: text,
  nodeReason: text,
  stanza: text,
  repository: z.int(),
  archivesFirst: z.boolean().optional(),
  target: recoveryTarget,
  targetWords: text,
  set: text,
  targetTimeline: z.int(),
  choiceReason: text,
  check: textOrNull,
  verifiesPages: z.boolean(),
  extract: z.object({ database: text, schema: text, table: textOrNull }).nullable(),
  space: z.object({ neededBytes: amountOrNull, freeBytes: amountOrNull }),
  nearestAt: z.date().nullable(),
})

export const rehearsalResult: z.ZodType<RehearsalResult> = z.object({
  kind: z.literal('rehearsal'),
  isGood: z.boolean(),
  fault: textOrNull,
  node: text,
  set: text,
  repository: z.int(),
  targetWords: text,
  attempt: attempt.nullable(),
  check: checkAnswer.nullable(),
  tables: z.array(tableSeen),
  pages: z.object({ relations: z.int(), faults: z.array(text), problem: textOrNull }).nullable(),
  extract: z.object({ node: text, name: text, bytes: z.number(), sha256: text }).nullable(),
  phases: z.array(z.object({ name: text, ms: z.number() })),
  recoveryMs: amountOrNull,
  restoredBytes: amountOrNull,
})

export const extractFile: z.ZodType<ExtractFile> = z.object({
  operation: text,
  clusterId: text,
  node: text,
  name: text,
  fileName: text,
  bytes: z.number(),
  sha256: text,
})
