import { setTimeout as sleep } from 'node:timers/promises'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { AppError } from '#server/errors.ts'
import type { StepContext } from './define.ts'

/** A picture of the cluster that is newer than the one known at the call; AppError `unreachable` when none comes in time. */
export async function freshSnapshot(context: StepContext): Promise<Snapshot> {
  const known = (await context.cluster.snapshot())?.version ?? 0
  const found = await waitFor(context, patienceMs, (snapshot) => (snapshot.version > known ? snapshot : null))
  if (found !== null) return found
  throw new AppError(
    'unreachable',
    `The console got no fresh picture of ${context.operation.clusterName} within ${patienceMs / 1000} s.`,
  )
}

/** Looks until the picture is as wanted; `wanted` gives null while it is not. Null when the patience ends first. */
export async function waitFor<T>(
  context: StepContext,
  waitMs: number,
  wanted: (snapshot: Snapshot) => T | null,
): Promise<T | null> {
  const { cluster, now, signal } = context
  let restMs = waitMs
  let version = -1
  cluster.hurry(new Date(now().getTime() + waitMs))
  while (restMs > 0) {
    const snapshot = await cluster.snapshot()
    if (snapshot && snapshot.version !== version) {
      version = snapshot.version
      const found = wanted(snapshot)
      if (found !== null) return found
    }
    // Time in which the store held the picture back does not count: nothing could be seen in it.
    const startedAt = performance.now()
    await sleep(pollMs, undefined, { signal })
    restMs -= performance.now() - startedAt
  }
  return null
}

const patienceMs = 12_000
const pollMs = 100
