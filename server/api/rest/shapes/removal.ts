import { z } from 'zod'
import type { RemovalPlan } from '#domain/plan/removal-plan.ts'
import { planFields } from './plan-fields.ts'

export const removalPlan: z.ZodType<RemovalPlan> = z.object({
  ...planFields,
  kind: z.literal('remove-cluster'),
  registration: z.string(),
})
