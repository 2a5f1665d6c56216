import { z } from 'zod'
import type { Operation, OperationState } from '#domain/operation/operation.ts'
import type { WayKind } from '#domain/operation/question.ts'
import type { OperationRow } from '#domain/fleet/view.ts'
import { existingName, id, limit, moment, reason } from '../inputs/fields.ts'
import { recoveryTarget } from '../inputs/recovery.ts'
import { cancelOperation } from '../operations/cancel.ts'
import { decideOperation } from '../operations/decide.ts'
import { reportOperation } from '../operations/report.ts'
import { listOperationPage, needOperation } from '../pages/operations.ts'
import { command, query, router } from '../trpc.ts'
import { clusterOrAll, operationIn } from '../concern.ts'

const state = z.enum([
  'proposed',
  'planned',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'refused',
  'cancelled',
  'unknown',
]) satisfies z.ZodType<OperationState>

const operationList = z.strictObject({
  cluster: existingName.optional(),
  state: state.optional(),
  before: id.optional(),
  /** Only what went on at some time from then on, and before then. */
  since: moment.optional(),
  until: moment.optional(),
  limit,
})

export const operationsRouter = router({
  /** Newest first; a page begins below the operation `nextBefore` of the page above. */
  list: query({ permission: 'operations.read', concern: clusterOrAll })
    .input(operationList)
    .query(async ({ ctx, input }): Promise<{ operations: OperationRow[]; nextBefore: string | null }> =>
      listOperationPage(ctx.services.store, { ...input, clusterIds: await ctx.readable() }),
    ),

  get: query({ permission: 'operations.read', concern: operationIn() })
    .input(z.strictObject({ id }))
    .query(({ ctx, input }): Promise<Operation> => needOperation(ctx.services.store, input.id)),

  cancel: command({ permission: 'operations.cancel', concern: operationIn(), audit: 'operations.cancel' })
    .input(z.strictObject({ id, reason }))
    .mutation(({ ctx, input }): Promise<Operation> => cancelOperation(ctx, input)),

  /** Answers the question that an operation waits with; `step` is the question's, so that no answer meets another one. */
  decide: command({ permission: 'restore.request', concern: operationIn(), audit: 'operations.decide', stepUp: true })
    .input(
      z.strictObject({
        id,
        step: z.int().min(1),
        way: z.enum(['commit', 'move', 'abandon', 'retry', 'pass', 'leave']) satisfies z.ZodType<WayKind>,
        /** For `move`: where recovery shall stop instead. */
        target: recoveryTarget.nullable().default(null),
        reason,
      }),
    )
    .mutation(({ ctx, input }): Promise<Operation> => decideOperation(ctx, input)),

  /** A recovery or rehearsal written down for whoever was not there, as Markdown. */
  report: query({ permission: 'operations.read', concern: operationIn() })
    .input(z.strictObject({ id }))
    .query(({ ctx, input }): Promise<{ name: string; markdown: string }> =>
      reportOperation(ctx.services.store, input.id),
    ),
})
