/** Who leads by the word of one source, and since when it has said so without a break. */
export interface LeadClaim {
  source: 'patroni' | 'sql' | 'haproxy'
  /** Members by name, sorted; empty = nobody. */
  says: string[]
  /** First look of the run that found it so. */
  since: Date
  /** Newest look that found it so. */
  seenAt: Date
  /** Members that could not be asked: of these it says nothing. */
  unseen: string[]
}

/** The claim of one source as a snapshot keeps it; a snapshot of an earlier version keeps none. */
export function claimOf(
  snapshot: { leadClaims?: LeadClaim[] | undefined } | null,
  source: LeadClaim['source'],
): LeadClaim | null {
  return snapshot?.leadClaims?.find((claim) => claim.source === source) ?? null
}
