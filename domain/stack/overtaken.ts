import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { newestOf } from '#domain/snapshot/staleness.ts'
import type { Layers, Looked } from './stack-view.ts'

/** Layers with each look marked that came before the leader changed, or before a node it tells of stopped answering: what it says may be over. */
export function withOvertaken<P, Q, H, Rest>(
  stack: Layers<P, Q, H> & Rest,
  snapshot: Snapshot | null,
): Layers<P, Q, H> & Rest {
  if (snapshot === null) return stack
  const leader = leaderChange(snapshot)
  const silences = snapshot.members.flatMap(({ name, problem }) =>
    problem === null ? [] : [{ member: name, at: problem.since, word: `before ${name} stopped answering` }],
  )
  const mark = <T>(looked: Looked<T> | null, changes: readonly Change[]): Looked<T> | null => {
    const overtakenBy = looked?.seenAt ? (newestAfter(looked.seenAt, changes)?.word ?? null) : null
    return looked === null || overtakenBy === null ? looked : { ...looked, overtakenBy }
  }
  const markMember = (one: (typeof stack.members)[number]) => {
    const changes = [...leader, ...silences.filter(({ member }) => member === one.name)]
    return { ...one, postgres: mark(one.postgres, changes), pooler: mark(one.pooler, changes) }
  }
  return { ...stack, members: stack.members.map(markMember), haproxy: mark(stack.haproxy, [...leader, ...silences]) }
}

interface Change {
  at: Date
  word: string
}

function leaderChange({ leader, leaderlessSince }: Snapshot): Change[] {
  const at = newestOf(leader?.since, leaderlessSince)
  if (at === null) return []
  return [{ at, word: leader === null ? 'before the leader was lost' : 'before the leader changed' }]
}

function newestAfter(seenAt: Date, changes: readonly Change[]): Change | null {
  return changes.filter(({ at }) => at > seenAt).toSorted((a, b) => b.at.getTime() - a.at.getTime())[0] ?? null
}
