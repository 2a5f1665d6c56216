import { answers } from '#domain/snapshot/reachability.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import type { PathPoint } from './leader-path.ts'
import { freshLook } from './sweep.ts'

/** Where the leader was when it was last asked, by Patroni and by SQL; nowhere while nobody leads or it does not answer. */
export function leaderPositions(
  { members, leader, leaderSource, systemIdentifier }: Snapshot,
  stack: StackView | null,
  now: Date,
): { systemIdentifier: string | null; seen: PathPoint[] } {
  const member = leaderSource === 'none' ? undefined : members.find(({ name }) => name === leader?.name)
  if (member === undefined) return { systemIdentifier, seen: [] }
  const detail = freshLook(stack?.members.find(({ name }) => name === member.name)?.postgres, now)
  const seen: PathPoint[] = []
  if (answers(member, now) && member.seenAt !== null && member.lsn !== null) {
    seen.push({ at: member.seenAt, lsn: member.lsn })
  }
  if (detail && detail.value.lsn !== null) seen.push({ at: detail.seenAt, lsn: detail.value.lsn })
  return { systemIdentifier, seen }
}
