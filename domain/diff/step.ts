import { isGone } from '../reachability.ts'
import type { Problem } from '../reading.ts'
import type { MemberSnapshot, Snapshot } from '../snapshot.ts'

/** Two snapshots of one cluster, one after the other. */
export interface Step {
  previous: Snapshot
  next: Snapshot
}

/** The members that both snapshots know, with both of their states. */
export function pairsOf({ previous, next }: Step): { before: MemberSnapshot; after: MemberSnapshot }[] {
  const known = new Map(previous.members.map((member) => [member.name, member]))
  return next.members.flatMap((after) => {
    const before = known.get(after.name)
    return before ? [{ before, after }] : []
  })
}

/** Whether a system went out of reach or came back in this step; null where neither. */
export function reachChange(
  before: Problem | null,
  after: Problem | null,
  { previous, next }: Step,
): 'lost' | 'returned' | null {
  const wasGone = isGone(before, previous.takenAt)
  const nowGone = isGone(after, next.takenAt)
  if (wasGone === nowGone) return null
  return nowGone ? 'lost' : 'returned'
}

/** Who says what the DCS says: etcd itself, or the members whose own view agrees. */
export function dcsSources(snapshot: Snapshot): string[] {
  if (snapshot.leaderSource === 'etcd') return ['etcd']
  const agreeing = snapshot.members.filter(
    ({ ownView, problem }) =>
      ownView !== null && problem === null && ownView.leader === (snapshot.leader?.name ?? null),
  )
  return agreeing.length > 0 ? agreeing.map(({ name }) => `patroni ${name}`) : ['console']
}

/** Who says whether a member takes writes: its Patroni while it answers, else SQL. */
export function writeSources(member: MemberSnapshot | undefined): string[] {
  if (!member) return ['console']
  return [member.problem === null ? `patroni ${member.name}` : `sql ${member.name}`]
}
