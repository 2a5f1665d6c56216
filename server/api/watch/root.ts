import type { StatusAnswer } from '#domain/availability/status-view.ts'
import { statusOf } from '../status/status.ts'
import { watchQuery, watchRouter } from './trpc.ts'

/** All that a link for watchers opens. */
export const watchRoot = watchRouter({
  status: watchQuery.query(({ ctx }): Promise<StatusAnswer & { title: string }> =>
    statusOf(ctx.store, ctx.share.clusterIds).then((answer) => ({ ...answer, title: ctx.share.title })),
  ),
})

export type WatchRouter = typeof watchRoot
