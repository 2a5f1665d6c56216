import { lastTimelineOf } from '#domain/snapshot/last-timeline.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'

/** The furthest WAL position that is known of the cluster: published by the leader, or held by any member on its timeline. */
export function lastPositionOf(snapshot: Snapshot): number | null {
  const timeline = lastTimelineOf(snapshot)
  const held = snapshot.members.flatMap((member) => (member.timeline === timeline ? (member.lsn ?? []) : []))
  const known = snapshot.optimeLsn === null ? held : [snapshot.optimeLsn, ...held]
  return known.length === 0 ? null : Math.max(...known)
}

/** How many bytes a member lacks of what is known, at least; null where that cannot be said. */
export function shortOf(member: MemberSnapshot, snapshot: Snapshot): number | null {
  const last = lastPositionOf(snapshot)
  if (last === null || member.lsn === null || isBehindTimeline(member, snapshot)) return null
  return Math.max(0, last - member.lsn)
}

/** True where a member stands on an older branch than the cluster did last. */
export function isBehindTimeline(member: MemberSnapshot, snapshot: Snapshot): boolean {
  const timeline = lastTimelineOf(snapshot)
  return timeline !== null && member.timeline !== null && member.timeline < timeline
}
