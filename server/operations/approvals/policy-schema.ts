import { z } from 'zod'
import { policyActs } from '#domain/approvals/policy-act.ts'
import { policyBounds, policyDefaults, type PolicyDraft } from '#domain/approvals/policy.ts'

const seconds = ({ min, max }: { min: number; max: number }) =>
  z.int().min(min, `At least ${min} seconds.`).max(max, `At most ${max} seconds.`)

/** A policy as a person fills it in; read by the web tier, and by the worker that keeps it again. */
export const policyDraft = z.strictObject({
  name: z.string().trim().min(1, 'Give it a name.').max(80, 'At most 80 characters.'),
  scope: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all') }),
    z.strictObject({ kind: z.literal('label'), label: z.string().trim().min(1, 'Say which label.').max(100) }),
    z.strictObject({ kind: z.literal('cluster'), clusterId: z.uuid('Say which cluster.') }),
  ]),
  acts: z.array(z.enum(policyActs)).min(1, 'Choose one act at least.'),
  approvals: z.union([z.literal(1), z.literal(2)]),
  countsForSeconds: seconds(policyBounds.countsForSeconds).default(policyDefaults.countsForSeconds),
  runWithinSeconds: seconds(policyBounds.runWithinSeconds).default(policyDefaults.runWithinSeconds),
  allowsBreakGlass: z.boolean().default(true),
}) satisfies z.ZodType<PolicyDraft>
