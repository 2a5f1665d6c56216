import { z } from 'zod'
import type { ExpiryPreview } from '#domain/backup/expiry-preview.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { RepositoryPlan } from '#domain/plan/repository-plan.ts'
import { existingName, reason } from '../inputs/fields.ts'
import { approval } from '../inputs/approval.ts'
import { idempotencyKey } from '../inputs/idempotency-key.ts'
import { backupLabel, ofRepository, shownExpiry } from '../inputs/repository.ts'
import { previewChore, previewExpiry, requestChore } from '../operations/maintain-repository.ts'
import { command, query, router } from '../trpc.ts'
import { clusterIn } from '../concern.ts'

/** Null = what retention no longer keeps. */
const set = backupLabel.nullable().default(null)

export const repositoriesRouter = router({
  preview: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(
      ofRepository.extend({
        kind: z.enum(['repository-check', 'repository-verify', 'repository-expire', 'stanza-create']),
        set,
      }),
    )
    .query(({ ctx, input }): Promise<RepositoryPlan> => previewChore(ctx.services.store, input)),
  /** pgBackRest is asked itself, which takes its lock for a moment. */
  expiryPreview: query({ permission: 'repository.maintain', concern: clusterIn() })
    .input(ofRepository.extend({ set }))
    .query(({ ctx, input }): Promise<ExpiryPreview> => previewExpiry(ctx, input)),
  /** What only looks. */
  request: command({ permission: 'repository.maintain', concern: clusterIn(), audit: 'repositories.request' })
    .input(ofRepository.extend({ kind: z.enum(['repository-check', 'repository-verify']), reason, idempotencyKey }))
    .mutation(({ ctx, input }): Promise<Operation> => requestChore(ctx, { ...input, set: null, confirmName: null })),
  setUp: command({ permission: 'repository.change', concern: clusterIn(), audit: 'repositories.setUp', stepUp: true })
    .input(z.strictObject({ cluster: existingName, reason, idempotencyKey, approval }))
    .mutation(({ ctx, input }): Promise<Operation> =>
      requestChore(ctx, { ...input, kind: 'stanza-create', repository: 1, set: null, confirmName: null }),
    ),
  /** Never more goes than the preview that is sent along. */
  expire: command({ permission: 'repository.change', concern: clusterIn(), audit: 'repositories.expire', stepUp: true })
    .input(
      ofRepository.extend({
        set,
        preview: shownExpiry,
        confirmName: z.string().max(200),
        reason,
        idempotencyKey,
        approval,
      }),
    )
    .mutation(({ ctx, input }): Promise<Operation> => requestChore(ctx, { ...input, kind: 'repository-expire' })),
})
