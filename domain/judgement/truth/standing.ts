import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { isStale, lookIntervalsMs } from '#domain/snapshot/staleness.ts'
import type { LeadClaim } from './lead-claim.ts'

/** How a source stands to the leader key: `settling` differs, but not for long enough to be a fault; `apart` may rightly differ, or has nothing to agree with. */
export type Standing = 'agrees' | 'disagrees' | 'settling' | 'unseen' | 'apart'

/** Who ought to lead by every source; null while the key is not seen, so that there is nothing to agree with. */
export function expectedLead(snapshot: Snapshot): string[] | null {
  if (snapshot.leaderSource === 'none') return null
  return snapshot.leader === null ? [] : [snapshot.leader.name]
}

/** How what a source says stands to what the key says, as of `now`: only fresh words accuse or confirm, and only lasting ones accuse. */
export function standingOf(
  claim: LeadClaim | null,
  expected: readonly string[] | null,
  snapshot: Snapshot,
  now: Date,
): Standing {
  if (claim === null || isStale(claim.seenAt, now, lookIntervalsMs.patroni)) return 'unseen'
  if (expected === null) return 'apart'
  if (differs(claim, expected)) return hasLasted(claim, snapshot) ? 'disagrees' : 'settling'
  return expected.some((name) => claim.unseen.includes(name)) ? 'unseen' : 'agrees'
}

/** Whether the source names another than it ought to, or does not name one that it was asked about. */
function differs({ says, unseen }: LeadClaim, expected: readonly string[]): boolean {
  if (says.some((name) => !expected.includes(name))) return true
  return expected.some((name) => !says.includes(name) && !unseen.includes(name))
}

/** Both sides must have stood for a while: what a source says, and, for longer, the lead it is held against. */
function hasLasted({ source, since, seenAt }: LeadClaim, snapshot: Snapshot): boolean {
  if (seenAt.getTime() - since.getTime() < lastingMs) return false
  return standsFor(snapshot, seenAt) >= settleMs[source]
}

/** For how long the key has been as it is at that moment, ms; without end where it was so when first seen. */
export function standsFor(snapshot: Snapshot, at: Date): number {
  const since = snapshot.leader ? snapshot.leader.since : snapshot.leaderlessSince
  return since === null ? Number.POSITIVE_INFINITY : at.getTime() - since.getTime()
}

/** Two looks may fall into one moment of change, three do not. */
const lastingMs = 4000

/** Promotion takes up to 3 s and roles are told with the next look; HAProxy makes up to three checks of three seconds each way. */
export const settleMs = { patroni: 10_000, sql: 10_000, haproxy: 18_000, pgbouncer: 15_000 } as const
