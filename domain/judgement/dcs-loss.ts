import { answers, isGone } from '#domain/snapshot/reachability.ts'
import { sightOf, takesWrites } from '#domain/snapshot/sight.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'

/**
 * True when nobody can say who leads although every listed member is accounted for: then the members themselves have lost the
 * DCS. While a member may only be hidden from this console, that cannot be said.
 */
export function haveMembersLostDcs(snapshot: Snapshot, now: Date): boolean {
  if (sightOf(snapshot, now) !== 'partial') return false
  const listed = snapshot.members.filter(({ isListed }) => isListed)
  return listed.length > 0 && listed.every((member) => isAccountedFor(member, now))
}

function isAccountedFor(member: MemberSnapshot, now: Date): boolean {
  if (answers(member, now) || takesWrites(member, now)) return true
  return isGone(member.problem, now) && member.problem?.kind === 'refused'
}
