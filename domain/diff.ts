import type { ClusterEvent } from './event.ts'
import type { Snapshot } from './snapshot.ts'

/** What changed between two snapshots of a cluster, each change told once; nothing where there is no earlier one. */
export function diff(previous: Snapshot | null, next: Snapshot): ClusterEvent[] {
  if (previous === null || previous.version === next.version) return []
  return []
}
