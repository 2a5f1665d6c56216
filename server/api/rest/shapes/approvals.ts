import { z } from 'zod'
import type { RequestStanding } from '#domain/approvals/judge-request.ts'
import { policyActs } from '#domain/approvals/policy-act.ts'
import type { ApprovalPolicy, Need } from '#domain/approvals/policy.ts'

const text = z.string()

/** What approvals an act needs. */
export const need: z.ZodType<Need> = z.object({
  approvals: z.int(),
  countsForSeconds: z.int(),
  runWithinSeconds: z.int(),
  allowsBreakGlass: z.boolean(),
  policies: z.array(text),
  setBy: z.array(text),
})

export const standing: z.ZodType<RequestStanding> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), given: z.int(), missing: z.int(), untilAt: z.date() }),
  z.object({ kind: z.literal('approved'), untilAt: z.date() }),
  z.object({
    kind: z.literal('over'),
    why: z.enum(['rejected', 'expired', 'void', 'withdrawn']),
    sentence: text,
  }),
])

export const policy: z.ZodType<ApprovalPolicy> = z.object({
  id: text,
  name: text,
  scope: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('all') }),
    z.object({ kind: z.literal('label'), label: text }),
    z.object({ kind: z.literal('cluster'), clusterId: text }),
  ]),
  acts: z.array(z.enum(policyActs)),
  approvals: z.union([z.literal(1), z.literal(2)]),
  countsForSeconds: z.int(),
  runWithinSeconds: z.int(),
  allowsBreakGlass: z.boolean(),
  changedBy: z.object({ id: text, name: text }),
  changedAt: z.date(),
})
