import { leaderTimelineOf } from '#domain/judgement/candidate-fitness.ts'
import { goneClause, silenceClause } from '#domain/judgement/candidate-words.ts'
import type { Finding } from '#domain/judgement/finding.ts'
import { formatDuration } from '#domain/format.ts'
import { answers, isGone, isRunning } from '#domain/snapshot/reachability.ts'
import { takesWrites } from '#domain/snapshot/sight.ts'
import { forgottenAfterMs } from '#domain/snapshot/snapshot-of/roster.ts'
import { isLongGone } from '#domain/snapshot/long-gone.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { isPassing, postgresState } from '#domain/snapshot/state-words.ts'
import type { JudgedCase } from './judged-case.ts'
import { followsSoon, replicationFinding } from './replication.ts'

/** What is wrong with each member that does not lead: the most fundamental trouble only. */
export function memberFindings({ snapshot, now, writers }: JudgedCase): Finding[] {
  return snapshot.members
    .filter((member) => member.name !== snapshot.leader?.name && !writers.includes(member))
    .flatMap((member) => troubleOf(member, snapshot, now) ?? [])
}

function troubleOf(member: MemberSnapshot, snapshot: Snapshot, now: Date): Finding | null {
  if (member.missingSince) return missing(member, now)
  if (isGone(member.problem, now)) return unreachable(member, now)
  if (!isRunning(member)) return notRunning(member, followsSoon(snapshot, now))
  const timeline = leaderTimelineOf(snapshot)
  if (timeline !== null && member.timeline !== null && member.timeline !== timeline) {
    return timelineDiffers(member, timeline, snapshot, now)
  }
  return replicationFinding(member, snapshot, now)
}

function missing(member: MemberSnapshot, now: Date): Finding {
  const { name } = member
  if (answers(member, now)) {
    return {
      kind: 'member-missing',
      severity: 'warning',
      member: name,
      sentence: `${goneClause(member, now)}.`,
      advice: `It has probably lost etcd. See whether ${name} reaches etcd, and what its Patroni's log says.`,
    }
  }
  if (isLongGone(member, now)) return longGone(member, now)
  const isAlive = takesWrites(member, now) || (member.postgres !== null && member.postgresProblem === null)
  return {
    kind: 'member-missing',
    severity: 'warning',
    member: name,
    sentence: `${goneClause(member, now)}${isAlive ? ', though its Postgres still answers' : ''}.`,
    advice: isAlive
      ? `Start Patroni on ${name}.`
      : `See whether the machine of ${name} is up and start its Patroni. If it was taken away for good, nothing is wrong.`,
  }
}

function longGone(member: MemberSnapshot, now: Date): Finding {
  const isAsked = member.problem !== null
  const after = isAsked ? '' : `, and it is forgotten after ${formatDuration(forgottenAfterMs)}`
  return {
    kind: 'member-missing',
    severity: 'info',
    member: member.name,
    sentence: `${goneClause(member, now)}: that no longer counts as a fault${after}.`,
    advice: isAsked
      ? `If ${member.name} was taken away for good, take its address out of the settings of this cluster.`
      : `If ${member.name} is to come back, start its Patroni.`,
  }
}

function unreachable(member: MemberSnapshot, now: Date): Finding {
  const { name, problem, streamsFrom } = member
  const still = streamsFrom ? `, though it still streams from ${streamsFrom}` : ''
  return {
    kind: 'member-unreachable',
    severity: 'warning',
    member: name,
    sentence: `${silenceClause(member, now)}${still}.`,
    advice: problem?.sentence ?? `See whether Patroni runs on ${name}.`,
  }
}

function notRunning(member: MemberSnapshot, isSettling: boolean): Finding {
  const { name, state } = member
  return {
    kind: 'member-not-running',
    severity: 'warning',
    member: name,
    sentence: `Postgres on ${name} ${postgresState(state)}.`,
    advice:
      isPassing(state) || isSettling
        ? 'Patroni is at work on it. Wait, and look again.'
        : `Look at the logs of Patroni and Postgres on ${name}; Reinitialise, on its row, has it copied anew.`,
  }
}

function timelineDiffers(member: MemberSnapshot, timeline: number, snapshot: Snapshot, now: Date): Finding {
  const isSettling = followsSoon(snapshot, now)
  return {
    kind: 'timeline-differs',
    severity: isSettling ? 'info' : 'warning',
    member: member.name,
    sentence: `${member.name} is on timeline ${member.timeline}, the leader on ${timeline}: it does not follow.`,
    advice: isSettling
      ? 'After a change of leader this takes up to half a minute.'
      : `If it stays so, Reinitialise, on its row, has it copied anew (patronictl reinit ${snapshot.scope ?? snapshot.clusterName} ${member.name}).`,
  }
}
