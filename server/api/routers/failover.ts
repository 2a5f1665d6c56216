import { z } from 'zod'
import type { FailoverPlan } from '#domain/plan/failover-plan.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { clusterIn } from '../concern.ts'
import { approval } from '../inputs/approval.ts'
import { expectedLead } from '../inputs/expected-lead.ts'
import { existingName, reason } from '../inputs/fields.ts'
import { idempotencyKey } from '../inputs/idempotency-key.ts'
import { previewFailover, requestFailoverOf } from '../operations/fail-over.ts'
import { command, query, router } from '../trpc.ts'

const member = z.string().min(1).max(200)

const request = z.strictObject({
  cluster: existingName,
  candidate: member,
  reason,
  confirmName: z.string().max(200),
  expected: expectedLead,
  idempotencyKey,
  approval,
})

export const failoverRouter = router({
  /** Without a candidate: how each member stands. */
  preview: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(z.strictObject({ cluster: existingName, candidate: member.nullable() }))
    .query(({ ctx, input }): Promise<FailoverPlan> => previewFailover(ctx.services.store, input)),

  request: command({ permission: 'failover.request', concern: clusterIn(), audit: 'failover.request', stepUp: true })
    .input(request)
    .mutation(({ ctx, input }): Promise<Operation> => requestFailoverOf(ctx, input)),
})
