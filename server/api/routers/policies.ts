import { z } from 'zod'
import type { ApprovalPolicy } from '#domain/approvals/policy.ts'
import { policyDraft } from '#server/operations/approvals/policy-schema.ts'
import { listPolicies } from '#server/store/approvals/policies.ts'
import { emailOfPerson, removePolicy, setPolicy } from '../approvals/policies.ts'
import { id } from '../inputs/fields.ts'
import { proofAnswer } from '../inputs/proof.ts'
import { command, query, router } from '../trpc.ts'

const proven = { as: emailOfPerson, proof: proofAnswer }

export const policiesRouter = router({
  list: query({ permission: 'operations.read', concern: 'everywhere' }).query(({ ctx }): Promise<ApprovalPolicy[]> =>
    listPolicies(ctx.services.store.pool),
  ),

  /** Adds one where the id is null; a worker checks the proof and keeps it. */
  set: command({ permission: 'policies.manage', concern: 'everywhere', audit: 'policies.set' })
    .input(z.strictObject({ id: id.nullable().default(null), draft: policyDraft, ...proven }))
    .mutation(({ ctx, input }): Promise<ApprovalPolicy> => setPolicy(ctx, input)),

  remove: command({ permission: 'policies.manage', concern: 'everywhere', audit: 'policies.remove' })
    .input(z.strictObject({ id, ...proven }))
    .mutation(({ ctx, input }): Promise<{ id: string }> => removePolicy(ctx, input)),
})
