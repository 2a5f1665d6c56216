import type { HaproxyPlan } from '#domain/plan/haproxy-plan.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { reason } from '../inputs/fields.ts'
import { approval } from '../inputs/approval.ts'
import { idempotencyKey } from '../inputs/idempotency-key.ts'
import { confirm, haproxyAsked } from '../inputs/stack-acts.ts'
import { previewHaproxy, requestHaproxy } from '../operations/stack-acts.ts'
import { command, query, router } from '../trpc.ts'
import { clusterIn } from '../concern.ts'

export const haproxyRouter = router({
  preview: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(haproxyAsked)
    .query(({ ctx, input }): Promise<HaproxyPlan> => previewHaproxy(ctx.services.store, input)),

  /** What the plan asks to be typed is sent along as `confirm`. */
  command: command({ permission: 'traffic.command', concern: clusterIn(), audit: 'haproxy.command' })
    .input(haproxyAsked.extend({ reason, confirm, idempotencyKey, approval }))
    .mutation(({ ctx, input }): Promise<Operation> => requestHaproxy(ctx, input)),
})
