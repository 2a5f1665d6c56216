import { z } from 'zod'
import type { AuditRecord } from '#domain/view.ts'
import { listAudit } from '#server/audit/list.ts'
import { verifyAudit, type AuditProof } from '#server/audit/verify.ts'
import { beforeNumber, existingName, id, limit, moment } from '../inputs/fields.ts'
import { needAuditRecord } from '../pages/audit.ts'
import { query, router } from '../trpc.ts'

const filter = z.strictObject({
  cluster: existingName.optional(),
  /** Part of the actor's name. */
  actor: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
  outcome: z.enum(['done', 'requested', 'refused', 'failed', 'unknown', 'cancelled']).optional(),
  /** Identifier of an operation. */
  operation: id.optional(),
  since: moment.optional(),
  until: moment.optional(),
  before: beforeNumber.optional(),
  limit,
})

export const auditRouter = router({
  list: query({ permission: 'audit.read' })
    .input(filter)
    .query(({ ctx, input }): Promise<{ records: AuditRecord[]; nextBefore: number | null }> =>
      listAudit(ctx.services.store, input),
    ),

  get: query({ permission: 'audit.read' })
    .input(z.strictObject({ seq: z.int().min(1) }))
    .query(({ ctx, input }): Promise<AuditRecord> => needAuditRecord(ctx.services.store, input.seq)),

  verify: query({ permission: 'audit.read' }).query(({ ctx }): Promise<AuditProof> => verifyAudit(ctx.services.store)),
})
