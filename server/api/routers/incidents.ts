import { z } from 'zod'
import {
  acknowledge,
  exportIncident,
  listIncidentPage,
  showIncident,
  writeNote,
  type ListedIncidents,
  type ShownIncident,
} from '../alerts/incidents.ts'
import { incidentList, incidentNumber, noteText } from '../inputs/alerts.ts'
import { command, query, router } from '../trpc.ts'
import { clusterOrAll, type Concern } from '../concern.ts'

const ofIncident = z.strictObject({ number: incidentNumber })
const ofNumber: Concern = { of: 'incident', field: 'number' }

export const incidentsRouter = router({
  list: query({ permission: 'alerts.read', concern: clusterOrAll })
    .input(incidentList)
    .query(async ({ ctx, input }): Promise<ListedIncidents> =>
      listIncidentPage(ctx.services.store, { ...input, clusterIds: await ctx.readable() }),
    ),

  get: query({ permission: 'alerts.read', concern: ofNumber })
    .input(ofIncident)
    .query(({ ctx, input }): Promise<ShownIncident> =>
      showIncident(ctx.services.store, input.number, ctx.may('logs.read')),
    ),

  /** As Markdown, to begin a post-mortem with. */
  markdown: query({ permission: 'alerts.read', concern: ofNumber })
    .input(ofIncident)
    .query(({ ctx, input }): Promise<{ name: string; markdown: string }> =>
      exportIncident(ctx.services.store, input.number, ctx.may('logs.read')),
    ),

  acknowledge: command({ permission: 'incidents.answer', concern: ofNumber, audit: 'incidents.acknowledge' })
    .input(ofIncident)
    .mutation(({ ctx, input }): Promise<ShownIncident> => acknowledge(ctx, input.number)),

  note: command({ permission: 'incidents.answer', concern: ofNumber, audit: 'incidents.note' })
    .input(ofIncident.extend({ text: noteText }))
    .mutation(({ ctx, input }): Promise<ShownIncident> => writeNote(ctx, input)),
})
