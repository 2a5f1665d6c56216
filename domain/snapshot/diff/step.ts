import { isGone } from '#domain/snapshot/reachability.ts'
import type { Problem } from '#domain/snapshot/reading.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { newestOf } from '#domain/snapshot/staleness.ts'

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

/**
 * Whether a system went out of reach or came back in this step; null where neither. While the console reaches nothing, the
 * fault is its own and is told once: what was silent before stays silent, what fell silent with it is not told.
 */
export function reachChange(before: Problem | null, after: Problem | null, step: Step): 'lost' | 'returned' | null {
  const { previous, next } = step
  if (isBlind(next)) return null
  const wasGone = isBlind(previous) ? wasGoneBefore(before, previous) : isGone(before, previous.takenAt)
  const nowGone = isGone(after, next.takenAt)
  if (wasGone === nowGone) return null
  return nowGone ? 'lost' : 'returned'
}

/** True when the console reached nothing at all as of the snapshot. */
export function isBlind(snapshot: Snapshot): boolean {
  return sightOf(snapshot, snapshot.takenAt) === 'blind'
}

/** Blindness begins with the last system to fall silent; what fell silent well before that had a fault of its own. */
function wasGoneBefore(problem: Problem | null, blind: Snapshot): boolean {
  if (problem === null) return false
  const blindSince = newestOf(...blind.members.map((member) => member.problem?.since), blind.etcd?.quorumProblem?.since)
  return blindSince !== null && blindSince.getTime() - problem.since.getTime() > togetherMs
}

/** Looks that hang fail within one time-out of each other. */
const togetherMs = 8000

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
