import { z } from 'zod'
import type { Operation } from '#domain/operation/operation.ts'
import type { ReleasePlan } from '#domain/plan/release-plan.ts'
import { id, reason } from '../inputs/fields.ts'
import { approval } from '../inputs/approval.ts'
import { idempotencyKey } from '../inputs/idempotency-key.ts'
import { previewRelease, requestReleaseOf } from '../operations/release.ts'
import { command, query, router } from '../trpc.ts'
import { operationIn } from '../concern.ts'

/** The recovery or rehearsal whose data is let go. */
const asked = z.strictObject({ operation: id })

export const releasesRouter = router({
  preview: query({ permission: 'clusters.read', concern: operationIn('operation') })
    .input(asked)
    .query(({ ctx, input }): Promise<ReleasePlan> => previewRelease(ctx.services.store, input.operation)),

  /** There is no way back after it, so the cluster's name is typed to confirm it. */
  request: command({
    permission: 'restore.request',
    concern: operationIn('operation'),
    audit: 'releases.request',
    stepUp: true,
  })
    .input(asked.extend({ reason, confirmName: z.string().max(200), idempotencyKey, approval }))
    .mutation(({ ctx, input }): Promise<Operation> => requestReleaseOf(ctx, input)),
})
