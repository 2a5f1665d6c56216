import { defaultMaximumLagBytes, electionLagOf, isIdle } from '../candidate-fitness.ts'
import type { Finding } from '../finding.ts'
import { forAge, formatBytes } from '../format.ts'
import { answers } from '../reachability.ts'
import type { MemberSnapshot, Snapshot } from '../snapshot.ts'

/** What is wrong with how a running replica follows; null where it follows well. */
export function replicationFinding(member: MemberSnapshot, snapshot: Snapshot, now: Date): Finding | null {
  if (isIdle(member) && answers(member, now) && senderIsSeen(snapshot, now)) return notStreaming(member, snapshot, now)
  const allowed = snapshot.config?.maximumLagOnFailoverBytes ?? defaultMaximumLagBytes
  if (typeof member.receiveLag === 'number' && member.receiveLag > allowed)
    return lagging(
      member,
      {
        lagBytes: member.receiveLag,
        allowedBytes: allowed,
        isBarred: (electionLagOf(member, snapshot) ?? 0) > allowed,
      },
      now,
    )
  return replayBacklog(member)
}

/** Replicas turn to a new leader within a few loops of Patroni; until then their state is no fault. */
export function followsSoon(snapshot: Snapshot, now: Date): boolean {
  const since = snapshot.leader?.since
  const graceMs = 3 * (snapshot.config?.loopWaitSeconds ?? 10) * 1000
  return since !== null && since !== undefined && now.getTime() - since.getTime() < graceMs
}

/** What a replica has to replay before it can take over delays the takeover by seconds from about here on. */
const replayBacklogBytes = 268_435_456

function notStreaming(member: MemberSnapshot, snapshot: Snapshot, now: Date): Finding {
  const { name, receiveLag, state } = member
  const behind = typeof receiveLag === 'number' && receiveLag > 0 ? ` and is ${formatBytes(receiveLag)} behind` : ''
  const isFromArchive = state === 'in archive recovery'
  return {
    kind: 'replica-not-streaming',
    severity: followsSoon(snapshot, now) ? 'info' : 'warning',
    member: name,
    sentence: isFromArchive
      ? `${name} follows from the archive only: it does not stream${behind}.`
      : `${name} runs, but does not stream${behind}.`,
    advice: `Look at the Postgres log on ${name}: it says why the leader refuses its connection, or which WAL is missing.`,
  }
}

/** Until the leader has published its newer position, an election would still admit a replica that lacks it. */
function lagging(
  member: MemberSnapshot,
  { lagBytes, allowedBytes, isBarred }: { lagBytes: number; allowedBytes: number; isBarred: boolean },
  now: Date,
): Finding {
  const lasting = forAge(member.laggingSince, now)
  const tooFar = lasting === '' ? 'is too far behind to take over' : `has been too far behind to take over${lasting}`
  return {
    kind: 'replica-lagging',
    severity: 'warning',
    member: member.name,
    sentence: isBarred
      ? `${member.name} ${tooFar}: ${formatBytes(lagBytes)}, with ${formatBytes(allowedBytes)} allowed.`
      : `${member.name} has fallen ${formatBytes(lagBytes)} behind; if it took over now, that would be lost.`,
    advice: `Look for a slow network or disk on ${member.name}, or a bulk load on the leader.`,
  }
}

function replayBacklog(member: MemberSnapshot): Finding | null {
  const { name, receiveLag, replayLag } = member
  if (typeof receiveLag !== 'number' || typeof replayLag !== 'number') return null
  const backlog = replayLag - receiveLag
  if (backlog < replayBacklogBytes) return null
  return {
    kind: 'replica-lagging',
    severity: 'warning',
    member: name,
    sentence: `${name} has received the WAL but has ${formatBytes(backlog)} of it yet to replay: a takeover by it would be slow.`,
    advice: `See whether replay on ${name} is paused, or held up by a long query.`,
  }
}

/** Whether somebody streams is known from the senders; and where the leader itself does not work, that is the trouble. */
function senderIsSeen(snapshot: Snapshot, now: Date): boolean {
  const leader = snapshot.members.find(({ name }) => name === snapshot.leader?.name)
  return leader !== undefined && answers(leader, now) && (leader.isWritable === true || snapshot.isStandbyCluster)
}
