import { z } from 'zod'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { listAudit } from '#server/audit/list.ts'
import { verifyAudit, type AuditProof } from '#server/audit/verify.ts'
import { type ExportedChoice, takeExport } from '../audit/take-export.ts'
import { auditOfCluster } from '../audit/of-cluster.ts'
import { auditExport, auditPage } from '../inputs/audit.ts'
import { needAuditRecord } from '../pages/audit.ts'
import { command, query, router } from '../trpc.ts'

export const auditRouter = router({
  list: query({ permission: 'audit.read', concern: auditOfCluster('anywhere') })
    .input(auditPage)
    .query(async ({ ctx, input }): Promise<{ records: AuditRecord[]; nextBefore: number | null }> =>
      listAudit(ctx.services.store, { ...input, clusterIds: await ctx.readable() }),
    ),

  get: query({ permission: 'audit.read', concern: { of: 'record', field: 'seq' } })
    .input(z.strictObject({ seq: z.int().min(1) }))
    .query(({ ctx, input }): Promise<AuditRecord> => needAuditRecord(ctx.services.store, input.seq)),

  /** Records that somebody takes the log as a file, and says what is in it; its lines come over REST. */
  export: command({ permission: 'audit.read', concern: auditOfCluster('everywhere'), audit: 'audit.export' })
    .input(auditExport)
    .mutation(({ ctx, input }): Promise<ExportedChoice> => takeExport(ctx, input)),

  verify: query({ permission: 'audit.read', concern: 'everywhere' }).query(({ ctx }): Promise<AuditProof> =>
    verifyAudit(ctx.services.store),
  ),
})
