import type { StoredEvent } from '#domain/event.ts'
import { eventPage } from '../inputs/events.ts'
import { listEventPage } from '../pages/events.ts'
import { query, router } from '../trpc.ts'
import { clusterOrAll } from '../concern.ts'

export const eventsRouter = router({
  list: query({ permission: 'events.read', concern: clusterOrAll })
    .input(eventPage)
    .query(async ({ ctx, input }): Promise<{ events: StoredEvent[]; nextBefore: number | null }> =>
      listEventPage(ctx.services.store, { ...input, clusterIds: await ctx.readable() }),
    ),
})
