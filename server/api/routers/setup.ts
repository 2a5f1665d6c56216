import { ofCluster } from '../inputs/agents.ts'
import { checkSetupOf, type CheckedSetup } from '../setup/check.ts'
import { query, router } from '../trpc.ts'
import { clusterIn } from '../concern.ts'

export const setupRouter = router({
  /** Judged when it is asked for: nothing of it is kept. */
  checks: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(ofCluster)
    .query(({ ctx, input }): Promise<CheckedSetup> => checkSetupOf(ctx.services.store, input.cluster)),
})
