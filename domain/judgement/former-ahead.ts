import { answers, isRunning } from '#domain/snapshot/reachability.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { isBarred } from './barred.ts'
import type { Candidate } from './candidate.ts'

/**
 * The former leader that this member leaves the lead to, null where it does not: who has newer WAL and answers the others is waited for,
 * also where it has lost the DCS and cannot take the lead itself (ha.py is_healthiest_node asks the members of the last view with a
 * leader, _is_healthiest_node).
 */
export function formerAhead(member: MemberSnapshot, snapshot: Snapshot, now: Date): MemberSnapshot | null {
  if (snapshot.leader !== null) return null
  const former = snapshot.members.find(({ name }) => name === snapshot.formerLeader)
  if (former === undefined || former.name === member.name) return null
  // One that is listed reaches the DCS, and takes the lead itself.
  if (former.isListed || former.isWritable !== false || !isRunning(former) || !answers(former, now)) return null
  if (isBarred(former) || former.watchdogFailed || former.timeline !== member.timeline) return null
  return former.lsn !== null && member.lsn !== null && former.lsn > member.lsn ? former : null
}

/** Names of those that leave the lead to the former leader; none where somebody may take it. */
export function waitingForFormer(candidates: readonly Candidate[]): string[] {
  if (candidates.some(({ isFit }) => isFit)) return []
  return candidates.flatMap(({ code, name }) => (code === 'former-ahead' ? [name] : []))
}
