import { z } from 'zod'
import type { Operation } from '#domain/operation/operation.ts'
import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'
import { AppError } from '#server/errors.ts'
import { existingName, moment, reason } from '../inputs/fields.ts'
import { approval } from '../inputs/approval.ts'
import { expectedLead } from '../inputs/expected-lead.ts'
import { idempotencyKey } from '../inputs/idempotency-key.ts'
import { previewSwitchover } from '../operations/preview.ts'
import { requestSwitchoverOf } from '../operations/switch-over.ts'
import { command, query, router } from '../trpc.ts'
import { clusterIn } from '../concern.ts'

const kind = z.enum(['switchover', 'schedule-switchover', 'cancel-scheduled-switchover']) satisfies z.ZodType<
  SwitchoverPlan['kind']
>
const candidate = z.string().min(1).max(200).nullable()

const asked = z.strictObject({
  cluster: existingName,
  /** Absent = a switchover, or with a time one that is scheduled. */
  kind: kind.exactOptional(),
  candidate,
  scheduledAt: moment.nullable(),
})

const request = asked.extend({
  reason,
  confirmName: z.string().max(200),
  expected: expectedLead,
  idempotencyKey,
  approval,
})

export const switchoverRouter = router({
  preview: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(asked)
    .query(({ ctx, input }): Promise<SwitchoverPlan> => previewSwitchover(ctx.services.store, withKind(input))),

  request: command({ permission: 'switchover.request', concern: clusterIn(), audit: 'switchover.request' })
    .input(request)
    .mutation(({ ctx, input }): Promise<Operation> => requestSwitchoverOf(ctx, withKind(input))),
})

// Here and nowhere else: a plan is of the very act that the same words ask for.
function withKind<T extends { kind?: SwitchoverPlan['kind']; scheduledAt: Date | null }>(input: T) {
  const kind: SwitchoverPlan['kind'] = input.kind ?? (input.scheduledAt ? 'schedule-switchover' : 'switchover')
  // A cancellation may name the time of the schedule that it means.
  const isConsistent =
    kind === 'cancel-scheduled-switchover' || (kind === 'schedule-switchover') === (input.scheduledAt !== null)
  if (isConsistent) return { ...input, kind }
  const sentence = input.scheduledAt ? 'A switchover at once has no time.' : 'Say when it is to happen.'
  throw new AppError('invalid', sentence, { fields: [{ field: 'scheduledAt', sentence }] })
}
