import { z } from 'zod'
import type { StatusAnswer } from '#domain/availability/status-view.ts'
import { targetBounds } from '#domain/availability/target.ts'
import { listTargets } from '#server/store/availability/read.ts'
import { needCluster } from '../clusters/need.ts'
import { clusterIn } from '../concern.ts'
import { existingName, reason } from '../inputs/fields.ts'
import { readAvailability, setTargetOf, type ShownAvailability } from '../status/availability.ts'
import { statusOf } from '../status/status.ts'
import { command, query, router } from '../trpc.ts'

export const availabilityRouter = router({
  /** As those who only watch see it. */
  status: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(z.strictObject({ cluster: existingName }))
    .query(async ({ ctx, input }): Promise<StatusAnswer> => {
      const { store } = ctx.services
      return statusOf(store, [(await needCluster(store, input.cluster)).id])
    }),

  get: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(z.strictObject({ cluster: existingName, period: z.string().max(10).optional() }))
    .query(({ ctx, input }): Promise<ShownAvailability> => readAvailability(ctx.services.store, input)),

  targets: query({ permission: 'clusters.read', concern: 'anywhere' }).query(
    async ({ ctx }): Promise<{ cluster: string; target: number }[]> =>
      listTargets(ctx.services.store.pool, await ctx.readable()),
  ),

  setTarget: command({ permission: 'clusters.manage', concern: clusterIn(), audit: 'availability.setTarget' })
    .input(
      z.strictObject({
        cluster: existingName,
        target: z.number().min(targetBounds.min, tooLoose()).max(targetBounds.max, tooLoose()),
        reason,
      }),
    )
    .mutation(({ ctx, input }): Promise<{ cluster: string; target: number }> => setTargetOf(ctx, input)),
})

function tooLoose(): string {
  return 'Give a share between 0.5 and 0.99999, such as 0.999.'
}
