import type { MemberSnapshot } from './snapshot.ts'

/** Streams from somebody, as far as can be seen. */
export function isFollowing(member: MemberSnapshot): boolean {
  return member.isListed && (member.state === 'streaming' || member.streamsFrom !== null)
}
