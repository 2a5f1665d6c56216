import type { ClusterClaims } from '#server/store/leases.ts'

/** Leases last this long and are renewed well before. */
export const leaseMs = 10_000
export const leaseBeatMs = 3_000

export interface Sharing {
  /** Clusters to take or keep. */
  take: string[]
  /** Clusters to give to others. */
  release: string[]
}

/**
 * Which clusters a worker should hold: an equal share of all, and of the free ones beyond it those that nobody has taken
 * since the last round, so that no cluster is left alone.
 */
export function shareOut(
  { claims, liveWorkers }: ClusterClaims,
  executorId: string,
  freeBefore: ReadonlySet<string>,
): Sharing {
  const share = Math.ceil(claims.length / liveWorkers)
  const mine = claims.filter((claim) => claim.holder === executorId).map((claim) => claim.clusterId)
  const free = claims.filter((claim) => claim.holder === null).map((claim) => claim.clusterId)
  const kept = mine.slice(0, share)
  const room = share - kept.length
  const abandoned = free.slice(room).filter((id) => freeBefore.has(id))
  return { take: [...kept, ...free.slice(0, room), ...abandoned], release: mine.slice(share) }
}
