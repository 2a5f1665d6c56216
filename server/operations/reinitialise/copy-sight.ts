import { isFollowing } from '#domain/snapshot/following.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { isGone, silence } from '#domain/snapshot/reachability.ts'
import { isPassing, postgresState } from '#domain/snapshot/state-words.ts'
import type { ReinitialiseFacts } from './facts.ts'

/** How far a member is with its new copy, as one look shows it. */
export type CopySight =
  /** Streams from the leader, on its timeline, by a Postgres that was started since. */
  | { kind: 'streams'; leader: string; timeline: number | null }
  /** It took the lead since. */
  | { kind: 'leads' }
  | { kind: 'unseen'; words: string }
  | { kind: 'copying'; words: string }
  /** Patroni or Postgres is at work on it otherwise: it stops or starts. */
  | { kind: 'passing'; words: string }
  /** None of these; `lsn` is how far its WAL reaches. */
  | { kind: 'other'; words: string; lsn: number | null }

/** Says how far the copy is; `wasNew` once it was seen to be without its old data. */
export function sightOfCopy(
  { members, leader }: Snapshot,
  name: string,
  { oldStartedAt = null, askedAt }: ReinitialiseFacts,
  { wasNew, now }: { wasNew: boolean; now: Date },
): CopySight {
  const member = members.find((each) => each.name === name)
  if (!member) return { kind: 'unseen', words: 'is not in the cluster' }
  if (isGone(member.problem, now)) return { kind: 'unseen', words: silence(member.problem) }
  if (askedAt && (member.seenAt === null || member.seenAt <= askedAt)) {
    return { kind: 'unseen', words: 'has not been looked at since' }
  }
  if (member.state === 'creating replica') return { kind: 'copying', words: postgresState(member.state) }
  const startedSince =
    member.postmasterStartedAt !== null && member.postmasterStartedAt.getTime() !== oldStartedAt?.getTime()
  if (isPassing(member.state)) return { kind: 'passing', words: postgresState(member.state) }
  const { lsn } = member
  if (!wasNew && !startedSince) return { kind: 'other', words: `still ${postgresState(member.state)}`, lsn }
  if (leader?.name === name) return { kind: 'leads' }
  const leading = members.find((each) => each.name === leader?.name)
  if (leading && streams(member) && member.timeline === leading.timeline) {
    return { kind: 'streams', leader: leading.name, timeline: leading.timeline }
  }
  const timeline = member.timeline === null ? '' : ` on timeline ${member.timeline}`
  return { kind: 'other', words: streams(member) ? `streams${timeline}` : postgresState(member.state), lsn }
}

function streams(member: MemberSnapshot): boolean {
  return member.problem === null && isFollowing(member) && member.role !== 'leader' && member.isWritable !== true
}
