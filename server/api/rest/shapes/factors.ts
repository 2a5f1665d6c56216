import { z } from 'zod'
import type { Factor } from '#domain/people/factor.ts'
import type { SignInPolicy } from '#server/store/factors/policy.ts'

export const factor: z.ZodType<Factor> = z.object({
  id: z.string(),
  kind: z.enum(['totp', 'passkey']),
  name: z.string(),
  registeredAt: z.date(),
  lastUsedAt: z.date().nullable(),
  vouched: z.object({ by: z.string(), at: z.date() }).nullable(),
})

export const signInPolicy: z.ZodType<SignInPolicy> = z.object({
  secondFactor: z.enum(['optional', 'required']),
  changedAt: z.date().nullable(),
  changedBy: z.string().nullable(),
})
