import type { Operation } from '#domain/operation/operation.ts'
import type { PoolerCommandPlan, PoolerPausePlan } from '#domain/plan/pooler-plan.ts'
import { reason } from '../inputs/fields.ts'
import { approval } from '../inputs/approval.ts'
import { idempotencyKey } from '../inputs/idempotency-key.ts'
import { confirm, poolerAsked } from '../inputs/stack-acts.ts'
import { previewPooler, requestPooler } from '../operations/command-poolers.ts'
import { command, query, router } from '../trpc.ts'
import { clusterIn } from '../concern.ts'

export const poolersRouter = router({
  preview: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(poolerAsked)
    .query(({ ctx, input }): Promise<PoolerPausePlan | PoolerCommandPlan> => previewPooler(ctx.services.store, input)),

  /** What the plan asks to be typed is sent along as `confirm`. */
  command: command({ permission: 'traffic.command', concern: clusterIn(), audit: 'poolers.command' })
    .input(poolerAsked.extend({ reason, confirm, idempotencyKey, approval }))
    .mutation(({ ctx, input }): Promise<Operation> => requestPooler(ctx, input)),
})
