import type { StackView } from '#domain/stack/stack-view.ts'
import { withoutQueries } from '#domain/stack/without-queries.ts'
import type { Store } from '#server/store/open.ts'
import { readStack } from '#server/store/stack-view.ts'
import { needCluster } from '../clusters/need.ts'

/** What the layers of a cluster last said. */
export interface ShownStack {
  cluster: string
  /** Null until they were looked at once. */
  stack: StackView | null
  /** False where the texts of statements are left empty, because who asks may not read them. */
  hasQueries: boolean
  serverNow: Date
}

/** The layers of a cluster, with the texts of statements where they may be read; throws AppError `not-found`. */
export async function getStack(store: Store, name: string, hasQueries: boolean): Promise<ShownStack> {
  const cluster = await needCluster(store, name)
  const stack = await readStack(store, cluster.id)
  return {
    cluster: cluster.name,
    stack: stack === null || hasQueries ? stack : withoutQueries(stack),
    hasQueries,
    serverNow: new Date(),
  }
}
