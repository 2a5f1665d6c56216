import { deepLookMs, type FactSources } from '#domain/alerts/facts/sources.ts'
import { emptyTrail } from '#domain/alerts/facts/trail.ts'
import { assess } from '#domain/judgement/assess.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import { readSurroundings } from '#server/alerts/surroundings.ts'
import type { Store } from '#server/store/open.ts'
import { newestSamples } from '#server/store/samples/newest-samples.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { readStack } from '#server/store/stack-view.ts'

/** What is known of a cluster by what the workers have kept; null before they first looked. What tells by its growth is nobody's to say here. */
export async function readClusterSources(
  store: Store,
  { clusterId, unknownSince, now }: { clusterId: string; unknownSince: Date | null; now: Date },
): Promise<FactSources | null> {
  const [snapshot, stack, samples, { rules: _, ...kept }] = await Promise.all([
    latestSnapshot(store, clusterId),
    readStack(store, clusterId),
    newestSamples(store.pool, clusterId, new Date(now.getTime() - 3 * deepLookMs)),
    readSurroundings(store, { clusterId, rules: [], now }),
  ])
  if (snapshot === null) return null
  const seen = { assessment: assess(snapshot, now), sight: sightOf(snapshot, now) }
  return { snapshot, ...seen, ...kept, stack, samples, trail: emptyTrail, unknownSince, now }
}
