import { clusterEvents } from './diff/cluster-events.ts'
import { layerEvents } from './diff/layer-events.ts'
import { leaderEvents } from './diff/leader-events.ts'
import { memberEvents } from './diff/member-events.ts'
import { sightEvents } from './diff/sight-events.ts'
import type { ClusterEvent } from '#domain/event.ts'
import type { Snapshot } from './snapshot.ts'

/** What changed between two snapshots of a cluster, each change told once; nothing where there is no earlier one. */
export function diff(previous: Snapshot | null, next: Snapshot): ClusterEvent[] {
  if (previous === null) return []
  const step = { previous, next }
  return [
    ...leaderEvents(step),
    ...memberEvents(step),
    ...clusterEvents(step),
    ...layerEvents(step),
    ...sightEvents(step),
  ]
}
