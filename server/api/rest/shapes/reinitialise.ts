import { z } from 'zod'
import type { ReinitialisePlan } from '#domain/plan/reinitialise-plan.ts'
import { planFields } from './plan-fields.ts'

const text = z.string()
const amountOrNull = z.number().nullable()

export const reinitialisePlan: z.ZodType<ReinitialisePlan> = z.object({
  ...planFields,
  kind: z.literal('reinitialise'),
  member: text,
  force: z.boolean(),
  aim: text,
  confirm: text,
  busyWith: text.nullable(),
  methods: z.array(text).nullable(),
  sources: z.array(text),
  space: z.object({ dataBytes: amountOrNull, freeBytes: amountOrNull }),
})
