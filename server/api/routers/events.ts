import { z } from 'zod'
import type { StoredEvent } from '#domain/event.ts'
import { eventKind as kind } from '../inputs/event-kind.ts'
import { listEventPage } from '../pages/events.ts'
import { beforeNumber, existingName, limit, moment } from '../inputs/fields.ts'
import { query, router } from '../trpc.ts'

const filter = z.strictObject({
  cluster: existingName.optional(),
  kinds: z.array(kind).max(60).optional(),
  member: z.string().max(200).optional(),
  severity: z.enum(['critical', 'warning', 'info']).optional(),
  since: moment.optional(),
  until: moment.optional(),
  before: beforeNumber.optional(),
  limit,
})

export const eventsRouter = router({
  list: query({ permission: 'events.read' })
    .input(filter)
    .query(({ ctx, input }): Promise<{ events: StoredEvent[]; nextBefore: number | null }> =>
      listEventPage(ctx.services.store, input),
    ),
})
