import { takesWrites } from '#domain/snapshot/sight.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'

/**
 * The members that take writes at the same time; empty unless there are two.
 * In a switchover the old leader's last reading may still say `writable` when the new one's first does. So each must have been
 * found writable again after the other was first found so, by a margin that outlasts an answer delayed on its way.
 */
export function writersAtOnce(snapshot: Snapshot, now: Date): MemberSnapshot[] {
  const writers = snapshot.members.filter((member) => takesWrites(member, now))
  return writers.filter((member) =>
    writers.some((other) => other !== member && overlapMs(member, other) >= overlapMarginMs),
  )
}

/** A member other than the leader that was found taking writes after the lead was elsewhere; null where there is none. */
export function strayWriter(snapshot: Snapshot, now: Date): MemberSnapshot | null {
  const { leader } = snapshot
  if (leader === null || snapshot.leaderSource === 'none') return null
  const ledElsewhereFrom = leader.since?.getTime() ?? Number.NEGATIVE_INFINITY
  const stray = snapshot.members.find((member) => {
    if (member.name === leader.name || !takesWrites(member, now)) return false
    const from = Math.max(ledElsewhereFrom, member.writableSince?.getTime() ?? Number.POSITIVE_INFINITY)
    return (member.writableSeenAt?.getTime() ?? 0) - from >= overlapMarginMs
  })
  return stray ?? null
}

const overlapMarginMs = 1000

/** For how long both are known to have taken writes; negative where one stopped being seen before the other began. */
function overlapMs(a: MemberSnapshot, b: MemberSnapshot): number {
  if (!a.writableSince || !b.writableSince || !a.writableSeenAt || !b.writableSeenAt) return Number.NEGATIVE_INFINITY
  const end = Math.min(a.writableSeenAt.getTime(), b.writableSeenAt.getTime())
  return end - Math.max(a.writableSince.getTime(), b.writableSince.getTime())
}
