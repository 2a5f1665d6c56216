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

const ofIncident = z.strictObject({ number: incidentNumber })

export const incidentsRouter = router({
  list: query({ permission: 'alerts.read' })
    .input(incidentList)
    .query(({ ctx, input }): Promise<ListedIncidents> => listIncidentPage(ctx.services.store, input)),

  get: query({ permission: 'alerts.read' })
    .input(ofIncident)
    .query(({ ctx, input }): Promise<ShownIncident> => showIncident(ctx.services.store, input.number, ctx.caller.role)),

  /** As Markdown, to begin a post-mortem with. */
  markdown: query({ permission: 'alerts.read' })
    .input(ofIncident)
    .query(({ ctx, input }): Promise<{ name: string; markdown: string }> =>
      exportIncident(ctx.services.store, input.number, ctx.caller.role),
    ),

  acknowledge: command({ permission: 'incidents.answer', audit: 'incidents.acknowledge' })
    .input(ofIncident)
    .mutation(({ ctx, input }): Promise<ShownIncident> => acknowledge(ctx, input.number)),

  note: command({ permission: 'incidents.answer', audit: 'incidents.note' })
    .input(ofIncident.extend({ text: noteText }))
    .mutation(({ ctx, input }): Promise<ShownIncident> => writeNote(ctx, input)),
})
