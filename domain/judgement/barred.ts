import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'

/** Tags may be booleans, numbers or strings; a failover_priority of 0 or less is nofailover (tags.py). */
export function isBarred(member: MemberSnapshot): boolean {
  const { nofailover, failover_priority: priority } = member.tags
  if (nofailover !== undefined) return nofailover === true || nofailover === 'true' || nofailover === 1
  return priority !== undefined && Number(priority) <= 0
}
