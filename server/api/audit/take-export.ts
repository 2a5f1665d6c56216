import type { z } from 'zod'
import { demandAllowance } from '../allowance.ts'
import { clusterNamedBy } from '../concern.ts'
import type { auditChoice, auditExport } from '../inputs/audit.ts'
import type { ClusterIds } from '../readable.ts'
import type { CommandContext } from '../trpc.ts'
import { auditOfCluster } from './of-cluster.ts'

/** What of the log is exported: of clusters that once had the same name only for whoever may read everything. */
export type ExportedChoice = z.output<typeof auditChoice> & { clusterIds: ClusterIds }

/** Records who takes which part of the audit log, and in which form; the file itself then tells of it too. */
export async function takeExport(
  ctx: CommandContext,
  { format, ...choice }: z.output<typeof auditExport>,
): Promise<ExportedChoice> {
  const { act, services } = ctx
  const cluster = await clusterNamedBy(services.store, auditOfCluster('everywhere'), choice)
  const clusterIds = await ctx.readable()
  const isWhole = clusterIds === null && Object.values(choice).every((value) => value === undefined)
  const target = isWhole ? 'the whole audit log' : 'part of the audit log'
  act.on({ target, cluster, reason: null, detail: { format, filter: choice } })
  await demandAllowance(ctx, 'exports')
  return act.commit(() => Promise.resolve({ ...choice, clusterIds }))
}
