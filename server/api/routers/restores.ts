import { z } from 'zod'
import type { Operation } from '#domain/operation/operation.ts'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import type { CommitsLostLook } from '#domain/wal/commits-lost.ts'
import type { CommitsLook } from '#domain/wal/wal-commits.ts'
import { existingName, moment, reason } from '../inputs/fields.ts'
import { approval } from '../inputs/approval.ts'
import { idempotencyKey } from '../inputs/idempotency-key.ts'
import { check, expected, recoveryTarget, repository } from '../inputs/recovery.ts'
import { lookForCommits, stopLookForCommits } from '../operations/look-for-commits.ts'
import { lookForLost } from '../operations/look-for-lost.ts'
import { previewRestore, requestRestoreOf } from '../operations/restore.ts'
import { command, query, router } from '../trpc.ts'
import { clusterIn } from '../concern.ts'

const asked = z.strictObject({
  cluster: existingName,
  target: recoveryTarget,
  repository,
  check,
  /** True = what was recovered is made final without anybody looking at it first. */
  commitsAlone: z.boolean().default(false),
  clientsBack: z.enum(['writable', 'end']).default('writable'),
})

const look = z.strictObject({ cluster: existingName, fromAt: moment, toAt: moment, repository })

export const restoresRouter = router({
  preview: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(asked)
    .query(({ ctx, input }): Promise<RestorePlan> => previewRestore(ctx.services.store, input)),

  /** The cluster is out of service for it, so its name is typed to confirm it. */
  request: command({ permission: 'restore.request', concern: clusterIn(), audit: 'restores.request', stepUp: true })
    .input(asked.extend({ reason, confirmName: z.string().max(200), expected, idempotencyKey, approval }))
    .mutation(({ ctx, input }): Promise<Operation> => requestRestoreOf(ctx, input)),

  /** Begins to read the archive between two moments, or tells how far that is: to be asked again while its state is `reading`. */
  commits: query({ permission: 'restore.request', concern: clusterIn() })
    .input(look)
    .query(({ ctx, input }): Promise<CommitsLook> => lookForCommits(ctx, input)),

  /** Ends a look at the same moments, whoever began it. */
  stopCommits: command({ permission: 'restore.request', concern: clusterIn(), audit: 'restores.stopCommits' })
    .input(look)
    .mutation(({ ctx, input }) => stopLookForCommits(ctx, input)),

  /** Begins to count what was committed after a target, or tells how far that is: to be asked again while its state is `reading`. */
  lost: query({ permission: 'restore.request', concern: clusterIn() })
    .input(z.strictObject({ cluster: existingName, target: recoveryTarget, repository }))
    .query(({ ctx, input }): Promise<CommitsLostLook> => lookForLost(ctx, input)),
})
