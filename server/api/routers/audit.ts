import { z } from 'zod'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { listAudit } from '#server/audit/list.ts'
import { verifyAudit, type AuditProof } from '#server/audit/verify.ts'
import { demandAllowance } from '../allowance.ts'
import { auditChoice, auditPage } from '../inputs/audit.ts'
import { needAuditRecord } from '../pages/audit.ts'
import { query, router } from '../trpc.ts'
import type { Concern } from '../concern.ts'
import type { ClusterIds } from '../readable.ts'

/** Also of a cluster that is gone, for whoever may read everything. */
function auditOfCluster(otherwise: 'anywhere' | 'everywhere'): Concern {
  return { of: 'cluster', field: 'cluster', otherwise, isKeptWhenGone: true }
}

/** What of the log is exported: of clusters that once had the same name only for whoever may read everything. */
type ExportedChoice = z.output<typeof auditChoice> & { clusterIds: ClusterIds }

export const auditRouter = router({
  list: query({ permission: 'audit.read', concern: auditOfCluster('anywhere') })
    .input(auditPage)
    .query(async ({ ctx, input }): Promise<{ records: AuditRecord[]; nextBefore: number | null }> =>
      listAudit(ctx.services.store, { ...input, clusterIds: await ctx.readable() }),
    ),

  get: query({ permission: 'audit.read', concern: { of: 'record', field: 'seq' } })
    .input(z.strictObject({ seq: z.int().min(1) }))
    .query(({ ctx, input }): Promise<AuditRecord> => needAuditRecord(ctx.services.store, input.seq)),

  /** What an export is asked with; its lines are sent beside. */
  exported: query({ permission: 'audit.read', concern: auditOfCluster('everywhere') })
    .input(auditChoice)
    .query(async ({ ctx, input }): Promise<ExportedChoice> => {
      await demandAllowance(ctx, 'exports')
      return { ...input, clusterIds: await ctx.readable() }
    }),

  verify: query({ permission: 'audit.read', concern: 'everywhere' }).query(({ ctx }): Promise<AuditProof> =>
    verifyAudit(ctx.services.store),
  ),
})
