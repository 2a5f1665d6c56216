import { z } from 'zod'
import { forbidden, type MaintenanceWindow } from '#domain/maintenance/window.ts'
import { clusterOrAll, type Concern } from '../concern.ts'
import { existingName, id, limit, moment, reason } from '../inputs/fields.ts'
import { endWindowOf, extendWindowOf, listWindowsOf, startWindow } from '../maintenance/windows.ts'
import { command, query, router } from '../trpc.ts'

const newWindow = z
  .strictObject({
    cluster: existingName.optional(),
    label: z.string().trim().min(1, 'Is empty.').max(100, 'Is too long.').optional(),
    /** Left out = now. */
    startsAt: moment.optional(),
    endsAt: moment,
    forbids: z.enum(forbidden).default('nothing'),
    reason,
  })
  .refine(({ cluster, label }) => (cluster === undefined) !== (label === undefined), {
    path: ['cluster'],
    message: 'Say which cluster, or which label: one of both.',
  })

const clusterOrLabel: Concern = { of: 'cluster', field: 'cluster', orLabel: 'label' }
const ofWindow: Concern = { of: 'window', field: 'id' }

export const maintenanceRouter = router({
  list: query({ permission: 'clusters.read', concern: clusterOrAll })
    .input(z.strictObject({ cluster: existingName.optional(), isAll: z.boolean().default(false), limit }))
    .query(async ({ ctx, input }): Promise<{ windows: MaintenanceWindow[]; serverNow: Date }> =>
      listWindowsOf(ctx.services.store, { ...input, clusterIds: await ctx.readable() }),
    ),

  start: command({ permission: 'maintenance.manage', concern: clusterOrLabel, audit: 'maintenance.start' })
    .input(newWindow)
    .mutation(({ ctx, input }): Promise<MaintenanceWindow> => startWindow(ctx, input)),

  extend: command({ permission: 'maintenance.manage', concern: ofWindow, audit: 'maintenance.extend' })
    .input(z.strictObject({ id, endsAt: moment, reason }))
    .mutation(({ ctx, input }): Promise<MaintenanceWindow> => extendWindowOf(ctx, input)),

  end: command({ permission: 'maintenance.manage', concern: ofWindow, audit: 'maintenance.end' })
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }): Promise<MaintenanceWindow> => endWindowOf(ctx, input.id)),
})
