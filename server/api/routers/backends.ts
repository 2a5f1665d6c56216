import type { Operation } from '#domain/operation/operation.ts'
import type { SignalPlan } from '#domain/plan/signal-plan.ts'
import { reason } from '../inputs/fields.ts'
import { approval } from '../inputs/approval.ts'
import { idempotencyKey } from '../inputs/idempotency-key.ts'
import { signalAsked } from '../inputs/stack-acts.ts'
import { previewSignal, requestSignal } from '../operations/stack-acts.ts'
import { command, query, router } from '../trpc.ts'
import { clusterIn } from '../concern.ts'

export const backendsRouter = router({
  preview: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(signalAsked)
    .query(({ ctx, input }): Promise<SignalPlan> => previewSignal(ctx.services.store, input)),

  signal: command({ permission: 'sessions.end', concern: clusterIn(), audit: 'backends.signal' })
    .input(signalAsked.extend({ reason, idempotencyKey, approval }))
    .mutation(({ ctx, input }): Promise<Operation> => requestSignal(ctx, input)),
})
