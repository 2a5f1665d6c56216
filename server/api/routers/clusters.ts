import { z } from 'zod'
import type { ClusterConfig, Discovery } from '#domain/fleet/cluster.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { RemovalPlan } from '#domain/plan/removal-plan.ts'
import type { ClusterView, FleetRow } from '#domain/fleet/view.ts'
import { fleetRows } from '#server/store/snapshots.ts'
import { viewCluster } from '../clusters/view.ts'
import { addCluster } from '../clusters/add.ts'
import { discoverCluster } from '../clusters/discover.ts'
import { previewRemoval, removeRegisteredCluster } from '../clusters/remove.ts'
import { changeCluster } from '../clusters/change.ts'
import { approval } from '../inputs/approval.ts'
import { draft } from '../inputs/draft.ts'
import { existingName, reason } from '../inputs/fields.ts'
import { idempotencyKey } from '../inputs/idempotency-key.ts'
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

  add: command({ permission: 'clusters.manage', concern: 'everywhere', audit: 'clusters.add', stepUp: true })
    .input(z.strictObject({ draft }))
    .mutation(({ ctx, input }): Promise<ClusterConfig> => addCluster(ctx, input.draft)),

  update: command({ permission: 'clusters.manage', concern: clusterIn('name'), audit: 'clusters.update', stepUp: true })
    .input(z.strictObject({ name: existingName, draft }))
    .mutation(({ ctx, input }): Promise<ClusterConfig> => changeCluster(ctx, input)),

  previewRemoval: query({ permission: 'clusters.manage', concern: clusterIn('name') })
    .input(z.strictObject({ name: existingName }))
    .query(({ ctx, input }): Promise<RemovalPlan> => previewRemoval(ctx.services.store, input.name)),

  /** Carried out by a worker, at once where no policy asks for the approval of others. */
  remove: command({ permission: 'clusters.manage', concern: clusterIn('name'), audit: 'clusters.remove', stepUp: true })
    .input(
      z.strictObject({
        name: existingName,
        confirmName: z.string(),
        reason,
        idempotencyKey: idempotencyKey.optional(),
        approval,
      }),
    )
    .mutation(({ ctx, input }): Promise<Operation> => removeRegisteredCluster(ctx, input)),
})
