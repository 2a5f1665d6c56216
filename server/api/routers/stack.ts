import { ofCluster } from '../inputs/agents.ts'
import { getStack, type ShownStack } from '../stack/get.ts'
import { getTraffic, type ShownTraffic } from '../stack/traffic.ts'
import { query, router } from '../trpc.ts'
import { clusterIn } from '../concern.ts'

export const stackRouter = router({
  get: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(ofCluster)
    .query(({ ctx, input }): Promise<ShownStack> =>
      getStack(ctx.services.store, input.cluster, ctx.may('sessions.read')),
    ),
  traffic: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(ofCluster)
    .query(({ ctx, input }): Promise<ShownTraffic> => getTraffic(ctx.services.store, input.cluster)),
})
