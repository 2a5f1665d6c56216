import { z } from 'zod'
import type { ClusterConfig, Discovery } from '#domain/cluster.ts'
import type { ClusterView, FleetRow } from '#domain/view.ts'
import { fleetRows } from '#server/store/snapshots.ts'
import { viewCluster } from '../clusters/view.ts'
import { addCluster } from '../clusters/add.ts'
import { discoverCluster } from '../clusters/discover.ts'
import { removeRegisteredCluster } from '../clusters/remove.ts'
import { changeCluster } from '../clusters/change.ts'
import { draft } from '../inputs/draft.ts'
import { existingName, reason } from '../inputs/fields.ts'
import { command, query, router } from '../trpc.ts'
import { clusterIn } from '../concern.ts'

export const clustersRouter = router({
  list: query({ permission: 'clusters.read', concern: 'anywhere' }).query(async ({ ctx }): Promise<FleetRow[]> =>
    fleetRows(ctx.services.store, await ctx.readable()),
  ),

  get: query({ permission: 'clusters.read', concern: clusterIn('name') })
    .input(z.strictObject({ name: existingName }))
    .query(({ ctx, input }): Promise<ClusterView> => viewCluster(ctx.services.store, input.name)),

  /** Looks at a draft through a worker; `name` = the cluster whose kept secrets stand in for those not typed anew. */
  discover: command({
    permission: 'clusters.manage',
    concern: { of: 'cluster', field: 'name', otherwise: 'everywhere' },
    audit: 'clusters.discover',
  })
    .input(z.strictObject({ draft, name: existingName.exactOptional() }))
    .mutation(({ ctx, input }): Promise<Discovery> => discoverCluster(ctx, input)),

  add: command({ permission: 'clusters.manage', concern: 'everywhere', audit: 'clusters.add' })
    .input(z.strictObject({ draft }))
    .mutation(({ ctx, input }): Promise<ClusterConfig> => addCluster(ctx, input.draft)),

  update: command({ permission: 'clusters.manage', concern: clusterIn('name'), audit: 'clusters.update' })
    .input(z.strictObject({ name: existingName, draft }))
    .mutation(({ ctx, input }): Promise<ClusterConfig> => changeCluster(ctx, input)),

  remove: command({ permission: 'clusters.manage', concern: clusterIn('name'), audit: 'clusters.remove' })
    .input(z.strictObject({ name: existingName, confirmName: z.string(), reason }))
    .mutation(({ ctx, input }): Promise<{ id: string; name: string }> => removeRegisteredCluster(ctx, input)),
})
