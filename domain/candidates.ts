import type { Candidate } from './candidate.ts'
import type { Snapshot } from './snapshot.ts'

/** Judges every member but the leader as the next leader, the fit first in their order. */
export function judgeCandidates(snapshot: Snapshot, now: Date, purpose: 'failover' | 'switchover'): Candidate[] {
  void snapshot
  void now
  void purpose
  return []
}
