import { candidateClause } from '#domain/judgement/candidate-words.ts'
import { electionBar } from '#domain/judgement/election-bar.ts'
import { formatInstant } from '#domain/format.ts'
import { lastSeen } from '#domain/judgement/findings/console.ts'
import type { LeaderState } from '#domain/judgement/leader-state.ts'
import { answers } from '#domain/snapshot/reachability.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import { writersAtOnce } from '#domain/judgement/split-brain.ts'
import { takeoverObstacles } from '#domain/judgement/takeover-words.ts'
import { failoverWantsSynchronous } from '#domain/snapshot/patroni-version.ts'
import type { FailoverPlanning } from './planning.ts'

/** Everything that stands in the way of the wish; the act is refused while there is any. */
export function failoverBlockers(given: FailoverPlanning): string[] {
  const { snapshot, wish } = given
  if (sightOf(snapshot, wish.now) !== 'clear') {
    return [`Matriarch does not see the cluster well enough to act. ${lastSeen(snapshot, wish.now)}`]
  }
  const lead = leadBlocker(given)
  return [...(lead === null ? [] : [lead]), ...candidateBlockers(given)]
}

/** Why no failover is to be made now, whoever is named; null where nothing stands in the way. */
export function failoverBarrier(given: FailoverPlanning): string | null {
  const lead = leadBlocker(given)
  if (lead !== null || given.candidates.some(({ isFit }) => isFit)) return lead
  const others = given.candidates.filter(({ code }) => code !== 'is-leader')
  const obstacles = takeoverObstacles(others, given.snapshot, given.wish.now)
  return obstacles === null ? 'There is no member to fail over to.' : `No member can take the lead: ${obstacles}.`
}

function leadBlocker({ snapshot, wish, lead }: FailoverPlanning): string | null {
  const { now } = wish
  if (writersAtOnce(snapshot, now).length > 0) {
    return 'Two members take writes. End the split brain first: a failover would add to it.'
  }
  const bar = electionBar(snapshot, now)
  if (bar !== null) return `The lead cannot move: ${bar}.`
  return lead.kind === 'none' ? writerBlocker(lead, wish.candidate) : heldBlocker(lead, now)
}

/** Patroni on whoever takes writes takes the key again by itself; another one named would make two that write. */
function writerBlocker({ writer }: Extract<LeaderState, { kind: 'none' }>, candidate: string | null): string | null {
  if (writer === null || writer.name === candidate) return null
  return `${writer.name} takes writes although nobody holds the leader key: another leader would make two members that take writes. Stop its Postgres first, or start its Patroni, which takes the key again.`
}

/** Why whoever holds the key is left with it. */
function heldBlocker(lead: Exclude<LeaderState, { kind: 'none' }>, now: Date): string | null {
  switch (lead.kind) {
    case 'unknown':
      return 'Matriarch cannot tell who leads.'
    case 'no-dcs':
      return 'No member reaches the DCS, and without it the lead cannot move. Bring etcd back first.'
    case 'working':
      return `${lead.member.name} leads and works, so a failover is not what is needed: switch over instead, which loses nothing.`
    case 'promoting':
      return `${lead.member.name} is still being promoted. Wait until it takes writes.`
    case 'unmanaged':
      return `Postgres on ${lead.member.name} takes writes, and its Patroni does not answer. Start its Patroni, or stop that Postgres; nobody can take the lead before ${formatInstant(lead.leaseEndsAt)}, when its lease ends.`
    case 'silent':
      return `${lead.member.name} does not answer, but it holds the lead until its lease ends, ${formatInstant(lead.leaseEndsAt)} at the latest. Wait for that: then Patroni elects, and if nobody takes the lead, fail over.`
    case 'unreached':
      return `${lead.member.name} keeps its lead, so its Patroni lives, but this console does not reach it: whether it takes writes cannot be said. Look at it from another machine first.`
    case 'read-only':
    case 'not-running':
      return answers(lead.member, now)
        ? null
        : `${lead.member.name} holds the leader key, and its Patroni does not answer. Wait until its lease has ended.`
  }
}

function candidateBlockers({ snapshot, wish, candidates, leader }: FailoverPlanning): string[] {
  const { candidate, now } = wish
  if (candidate === null) return ['Say which member shall lead.']
  if (candidate === leader) return [`${candidate} holds the lead already.`]
  const judged = candidates.find(({ name }) => name === candidate)
  const member = snapshot.members.find(({ name }) => name === candidate)
  if (!judged || !member) return [`This cluster has no member called ${candidate}.`]
  if (!judged.isFit) {
    const by = leader === null || isBarredAnyway(judged.code) ? '' : ` Patroni on ${leader} would refuse.`
    return [`${candidate} cannot take the lead: ${candidateClause(member, snapshot, now, judged.code)}.${by}`]
  }
  const holder = snapshot.members.find(({ name }) => name === leader)
  if (holder && judged.code === 'not-synchronous' && failoverWantsSynchronous(holder.patroniVersion)) {
    return [
      `${candidate} is not a synchronous standby, and Patroni ${holder.patroniVersion} on ${holder.name} hands over to no other.`,
    ]
  }
  return []
}

function isBarredAnyway(code: string): boolean {
  return code !== 'lag-too-high' && code !== 'lag-unknown' && code !== 'timeline-behind'
}
