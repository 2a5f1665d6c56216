import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#server/errors.ts'
import { findCluster } from '#server/store/clusters.ts'
import type { Store } from '#server/store/open.ts'
import { clusterName } from './lab-draft.ts'

/** Waits until the console has seen the lab and returns what it says of it. */
export async function untilSeen(store: Store, signal: AbortSignal): Promise<string> {
  const cluster = await findCluster(store, clusterName)
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    const { rows } = await store.pool.query<{ level: string; sentence: string }>(
      'select level, sentence from latest_snapshot where cluster_id = $1',
      [cluster?.id ?? null],
    )
    const [seen] = rows
    if (seen && seen.level !== 'unseen') return seen.sentence
    await sleep(200, undefined, { signal })
  }
  throw new AppError('timeout', 'The console has not seen the lab within 60 s: look at logs/worker.log in its folder.')
}
