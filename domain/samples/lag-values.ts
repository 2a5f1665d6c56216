import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import { isStale } from '#domain/snapshot/staleness.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import type { WalSender } from '#domain/stack/postgres-detail.ts'
import { type PathPoint, secondsBehind } from './leader-path.ts'
import type { MemberValues } from './member-values.ts'
import { freshLook } from './sweep.ts'
import type { MemberSeen } from './sweep-seen.ts'

/** How far a replica is behind in bytes and in seconds; a leader is not behind itself, and a lag that nobody can tell is none of 0. */
export function lagValues({ member, seen, path }: MemberSeen): MemberValues {
  const { snapshot, stack, now } = seen
  const leader = snapshot.members.find(({ name }) => name === snapshot.leader?.name)
  if (snapshot.leaderSource === 'none' || leader === undefined || leader === member) return {}
  const sender = senderOf(member.name, stack, now)
  const replica = replayedBy(member, leader, { stack, now })
  const ownLine = leader.timeline === null || member.timeline === null || leader.timeline === member.timeline
  return {
    ...bytesBehind(member, now),
    replayLagSeconds:
      ownLine && replica ? (secondsBehind(path, replica, now) ?? sender?.replayLagSeconds ?? null) : null,
    writeLagSeconds: sender && told(sender.writeLagSeconds, sender.writeLagBytes),
    flushLagSeconds: sender && told(sender.flushLagSeconds, sender.flushLagBytes),
  }
}

function bytesBehind({ receiveLag, replayLag, lagObservedAt }: MemberSnapshot, now: Date): MemberValues {
  if (isStale(lagObservedAt, now)) return {}
  return { receiveLagBytes: known(receiveLag), replayLagBytes: known(replayLag) }
}

function known(lag: MemberSnapshot['receiveLag']): number | null {
  return typeof lag === 'number' ? lag : null
}

/** Postgres tells no time once nothing is on its way; with bytes behind that is no 0. */
function told(seconds: number | null, bytes: number | null): number | null {
  if (seconds !== null) return Math.max(0, seconds)
  return bytes === 0 ? 0 : null
}

/** Whoever sends WAL to the member tells how far it has come: the leader, or another replica. */
function senderOf(name: string, stack: StackView | null, now: Date): WalSender | null {
  for (const { postgres } of stack?.members ?? []) {
    const senders = freshLook(postgres, now)?.value.senders ?? []
    const sender = senders.find(({ application, state }) => application === name && state !== 'backup')
    if (sender) return sender
  }
  return null
}

/** How far a replica had replayed when it was asked; without SQL, what its lag and the leader's position say. */
function replayedBy(
  member: MemberSnapshot,
  leader: MemberSnapshot,
  { stack, now }: { stack: StackView | null; now: Date },
): PathPoint | null {
  const detail = freshLook(stack?.members.find(({ name }) => name === member.name)?.postgres, now)
  if (detail) {
    const { inRecovery, lsn } = detail.value
    return inRecovery && lsn !== null ? { at: detail.seenAt, lsn } : null
  }
  const { replayLag, lagObservedAt } = member
  if (typeof replayLag !== 'number' || lagObservedAt === null || isStale(lagObservedAt, now)) return null
  return leader.lsn === null ? null : { at: lagObservedAt, lsn: leader.lsn - replayLag }
}
