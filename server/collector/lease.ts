import type { ClusterClaim, ClusterClaims } from '#server/store/leases.ts'

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
 * Which clusters a worker should hold: an equal share of all, its own first, and of the free ones beyond it those that
 * nobody has taken since the last round, so that no cluster is left alone. With `onlyOwn` it reaches for no other's: after
 * the store was away, who looked before has seen what happened meanwhile.
 */
export function shareOut(
  { claims, liveWorkers }: ClusterClaims,
  given: { executorId: string; freeBefore: ReadonlySet<string>; onlyOwn: boolean },
): Sharing {
  const share = Math.ceil(claims.length / liveWorkers)
  const isMine = (claim: ClusterClaim) => (claim.holder ?? claim.lastHolder) === given.executorId
  const mine = claims.filter(isMine).map((claim) => claim.clusterId)
  const free = claims.filter((claim) => claim.holder === null && !isMine(claim)).map((claim) => claim.clusterId)
  if (given.onlyOwn) return { take: mine, release: [] }
  const kept = mine.slice(0, share)
  const room = share - kept.length
  const abandoned = free.slice(room).filter((id) => given.freeBefore.has(id))
  return { take: [...kept, ...free.slice(0, room), ...abandoned], release: mine.slice(share) }
}
