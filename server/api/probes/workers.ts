import type { Store } from '#server/store/open.ts'
import { liveWorkers } from '#server/store/workers.ts'

/** Workers that said within the last ten seconds that they live. */
export async function countLiveWorkers(store: Store): Promise<number> {
  return (await liveWorkers(store.pool, null)).length
}
