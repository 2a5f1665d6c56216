import { z } from 'zod'
import type { Operation } from '#domain/operation/operation.ts'
import type { ReinitialisePlan } from '#domain/plan/reinitialise-plan.ts'
import { clusterIn } from '../concern.ts'
import { approval } from '../inputs/approval.ts'
import { existingName, reason } from '../inputs/fields.ts'
import { idempotencyKey } from '../inputs/idempotency-key.ts'
import { expected } from '../inputs/recovery.ts'
import { previewReinitialise, requestReinitialiseOf } from '../operations/reinitialise.ts'
import { command, query, router } from '../trpc.ts'

const asked = z.strictObject({
  cluster: existingName,
  member: existingName,
  /** True = what Patroni on it is at work on is ended, instead of refusing for it. */
  force: z.boolean().default(false),
})

export const replicasRouter = router({
  preview: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(asked)
    .query(({ ctx, input }): Promise<ReinitialisePlan> => previewReinitialise(ctx.services.store, input)),

  /** It deletes the member's data, so the member's name is typed to confirm it. */
  reinitialise: command({
    permission: 'replica.reinitialise',
    concern: clusterIn(),
    audit: 'replicas.reinitialise',
    stepUp: true,
  })
    .input(asked.extend({ reason, confirm: z.string().max(200), expected, idempotencyKey, approval }))
    .mutation(({ ctx, input }): Promise<Operation> => requestReinitialiseOf(ctx, input)),
})
