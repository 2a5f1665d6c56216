import { defaultMaximumLagBytes, electionLagOf, isIdle } from '#domain/judgement/candidate-fitness.ts'
import type { Finding } from '#domain/judgement/finding.ts'
import { forAge, formatBytes } from '#domain/format.ts'
import { answers } from '#domain/snapshot/reachability.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'

/** What is wrong with how a running replica follows; null where it follows well. */
export function replicationFinding(member: MemberSnapshot, snapshot: Snapshot, now: Date): Finding | null {
  if (isIdle(member) && answers(member, now) && senderIsSeen(snapshot, now)) return notStreaming(member, snapshot, now)
  return member.laggingSince ? lagging(member, snapshot, now) : replayBacklog(member)
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

function lagging(member: MemberSnapshot, snapshot: Snapshot, now: Date): Finding {
  return {
    kind: 'replica-lagging',
    severity: 'warning',
    member: member.name,
    sentence: laggingSentence(member, snapshot, now),
    advice: `Look for a slow network or disk on ${member.name}, or a bulk load on the leader.`,
  }
}

/** Until the leader has published its newer position, an election would still admit a replica that lacks it. */
function laggingSentence(member: MemberSnapshot, snapshot: Snapshot, now: Date): string {
  const { name, receiveLag } = member
  const allowed = snapshot.config?.maximumLagOnFailoverBytes ?? defaultMaximumLagBytes
  const lag = typeof receiveLag === 'number' ? receiveLag : null
  const electionLag = electionLagOf(member, snapshot) ?? 0
  if (electionLag > allowed) {
    const tooFar = `has been too far behind to take over${forAge(member.laggingSince, now)}`
    return `${name} ${tooFar}: ${formatBytes(Math.max(lag ?? 0, electionLag))}, with ${formatBytes(allowed)} allowed.`
  }
  if (lag !== null && lag > allowed) {
    return `${name} has fallen ${formatBytes(lag)} behind; if it took over now, that would be lost.`
  }
  return lag === null
    ? `${name} was too far behind to take over when last seen; how far it is now cannot be seen.`
    : `${name} is catching up: it was too far behind to take over and is ${formatBytes(lag)} behind now.`
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
