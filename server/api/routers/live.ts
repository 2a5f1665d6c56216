import type { TrackedEnvelope } from '@trpc/server'
import { z } from 'zod'
import type { FeedMessage } from '#domain/fleet/view.ts'
import { existingName } from '../inputs/fields.ts'
import { followFeed } from '../live/follow.ts'
import { query, router } from '../trpc.ts'

export const liveRouter = router({
  /** The fleet's rows always, the named cluster's snapshot, events and operations in addition. */
  feed: query({ permission: 'clusters.read', concern: 'anywhere' })
    .input(
      z.strictObject({
        cluster: existingName.nullable(),
        /** Set by the client when it reconnects: events go on from there. */
        lastEventId: z.string().max(60).nullish(),
      }),
    )
    .subscription(({ ctx, input, signal }): AsyncGenerator<TrackedEnvelope<FeedMessage>, void, undefined> =>
      followFeed({ ctx, cluster: input.cluster, lastEventId: input.lastEventId ?? null, signal }),
    ),
})
