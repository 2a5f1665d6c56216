import { isGone } from '#domain/snapshot/reachability.ts'
import type { PoolerDetail } from '#domain/stack/pooler-detail.ts'
import type { Looked } from '#domain/stack/stack-view.ts'

/** True while what a pooler last said of itself may be taken for what is now: it is looked at every 10 s, and kept some seconds later. */
export function isPoolerFresh({ seenAt, problem }: Looked<PoolerDetail>, now: Date): boolean {
  return seenAt !== null && !isGone(problem, now) && now.getTime() - seenAt.getTime() <= holdsMs
}

const holdsMs = 35_000
