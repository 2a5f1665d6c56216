import { z } from 'zod'
import type { Silence } from '#domain/alerts/alert.ts'
import { createSilence, endSilenceOf, listSilences } from '../alerts/silences.ts'
import { silence } from '../inputs/alerts.ts'
import { existingName, id } from '../inputs/fields.ts'
import { command, query, router } from '../trpc.ts'
import { clusterOrAll } from '../concern.ts'

export const silencesRouter = router({
  list: query({ permission: 'alerts.read', concern: clusterOrAll })
    .input(z.strictObject({ cluster: existingName.optional() }))
    .query(async ({ ctx, input }): Promise<Silence[]> =>
      listSilences(ctx.services.store, input.cluster, await ctx.readable()),
    ),

  create: command({
    permission: 'incidents.answer',
    concern: { of: 'cluster', field: 'cluster', otherwise: 'everywhere' },
    audit: 'silences.create',
  })
    .input(silence)
    .mutation(({ ctx, input }): Promise<Silence> => createSilence(ctx, input)),

  end: command({ permission: 'incidents.answer', concern: { of: 'silence', field: 'id' }, audit: 'silences.end' })
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }): Promise<Silence> => endSilenceOf(ctx, input.id)),
})
