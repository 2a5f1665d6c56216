import { isFollowing } from '#domain/snapshot/following.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { Facts } from '../define.ts'

/** The timeline on which a member follows the leader; null while it does not. Wrapped, since a timeline may be unknown. */
export function followedTimeline(snapshot: Snapshot, name: string, leader: string): { value: number | null } | null {
  const leading = snapshot.members.find((each) => each.name === leader)
  const member = snapshot.members.find((each) => each.name === name)
  if (snapshot.leader?.name !== leader || !leading || !member || !isFollowing(member)) return null
  if (member.problem !== null || member.role === 'leader' || member.isWritable === true) return null
  return member.timeline === leading.timeline ? { value: leading.timeline } : null
}

/** Who of all members ever known follows the leader, and who does not. */
export function followingOf(snapshot: Snapshot, leader: string): Required<Pick<Facts, 'followersAfter' | 'leftOut'>> {
  const others = snapshot.members.map(({ name }) => name).filter((name) => name !== leader)
  const followersAfter = others.filter((name) => followedTimeline(snapshot, name, leader) !== null)
  return { followersAfter, leftOut: others.filter((name) => !followersAfter.includes(name)) }
}
