import { z } from 'zod'
import type { Operation } from '#domain/operation/operation.ts'
import type { RehearsalPlan } from '#domain/plan/rehearsal-plan.ts'
import { existingName, id, reason } from '../inputs/fields.ts'
import { approval } from '../inputs/approval.ts'
import { idempotencyKey } from '../inputs/idempotency-key.ts'
import { check, recoveryTarget, repository } from '../inputs/recovery.ts'
import { type ExtractFile, takeExtract } from '../operations/take-extract.ts'
import { previewRehearsal, requestRehearsalOf } from '../operations/rehearse.ts'
import { listRehearsals } from '../pages/rehearsals.ts'
import { command, query, router } from '../trpc.ts'
import { clusterIn, operationIn } from '../concern.ts'

// As Postgres keeps them: any characters but those that steer a terminal, at most 63 bytes.
const objectName = z
  .string()
  .regex(/^[^\p{Cc}\p{Cs}]{1,63}$/u, 'Must be a name of at most 63 characters.')
  .refine((text) => Buffer.byteLength(text) <= 63, 'Must be a name of at most 63 bytes.')

const asked = z.strictObject({
  cluster: existingName,
  target: recoveryTarget,
  repository,
  /** Null = the plan chooses. */
  node: objectName.nullable().default(null),
  check,
  /** True = indexes and heaps are looked through by amcheck. */
  verifiesPages: z.boolean().default(false),
  extract: z
    .strictObject({ database: objectName, schema: objectName, table: objectName.nullable().default(null) })
    .nullable()
    .default(null),
})

export const rehearsalsRouter = router({
  preview: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(asked)
    .query(({ ctx, input }): Promise<RehearsalPlan> => previewRehearsal(ctx.services.store, input)),

  /** The running cluster stays as it is, so no name is typed to confirm it. */
  request: command({ permission: 'rehearsal.request', concern: clusterIn(), audit: 'rehearsals.request' })
    .input(asked.extend({ reason, idempotencyKey, approval }))
    .mutation(({ ctx, input }): Promise<Operation> => requestRehearsalOf(ctx, input)),

  /** The newest rehearsals of a cluster with their reports. */
  list: query({ permission: 'operations.read', concern: clusterIn() })
    .input(z.strictObject({ cluster: existingName, limit: z.int().min(1).max(50).default(20) }))
    .query(({ ctx, input }): Promise<Operation[]> => listRehearsals(ctx.services.store, input)),

  /** Records that somebody takes the extract of a rehearsal, and says what it is; its bytes come over REST. */
  file: command({ permission: 'restore.request', concern: operationIn(), audit: 'rehearsals.file' })
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }): Promise<ExtractFile> => takeExtract(ctx, input.id)),
})
