import { electionBar, hasLostQuorum } from '#domain/judgement/election-bar.ts'
import type { Finding } from '#domain/judgement/finding.ts'
import { forAgeAtLeast } from '#domain/format.ts'
import type { LeaderState } from '#domain/judgement/leader-state.ts'
import { waitingForFormer } from '#domain/judgement/former-ahead.ts'
import { answers, isGone } from '#domain/snapshot/reachability.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import type { JudgedCase } from './judged-case.ts'
import { startBeforeResuming } from './leader-silent.ts'

type Leaderless = Extract<LeaderState, { kind: 'none' }>

/** Nobody holds the leader key. */
export function noLeader(leader: Leaderless, { snapshot, now, forecast }: JudgedCase): Finding {
  const { writer } = leader
  const isPaused = snapshot.pause !== null
  const isElectable = writer === null && !isPaused && electionBar(snapshot, now) === null
  const isWaitedFor = isElectable && waitingForFormer(forecast.candidates).length > 0
  const unseen = writer === null ? unseenWriter(snapshot, now) : null
  return {
    kind: 'no-leader',
    severity: 'critical',
    member: writer?.name ?? unseen?.name ?? null,
    sentence: `${nobodyLeads(forAgeAtLeast(leader.since, now, snapshot.isLeaderlessLonger))}${consequence(writer, unseen)}`,
    advice:
      isWaitedFor && snapshot.formerLeader !== null
        ? waitingAdvice(snapshot.formerLeader)
        : leaderlessAdvice(writer, unseen, isPaused, now),
  }
}

function consequence(writer: MemberSnapshot | null, unseen: MemberSnapshot | null): string {
  if (writer) return `, yet ${writer.name} takes writes.`
  if (unseen) return `; whether Postgres on ${unseen.name} still takes writes cannot be seen.`
  return ': nothing can be written.'
}

/** In pause Patroni leaves Postgres running when it is stopped, so a silent former leader may still write where SQL does not tell. */
export function unseenWriter(snapshot: Snapshot, now: Date): MemberSnapshot | null {
  if (!snapshot.pause) return null
  const former = snapshot.members.find(({ name }) => name === snapshot.formerLeader)
  if (!former || !isGone(former.problem, now)) return null
  const isKnown = former.postgresProblem ? former.postgresProblem.kind === 'refused' : former.isWritable === false
  return isKnown ? null : former
}

/** All that could lead wait for the former leader, which cannot: Patroni does not end that by itself. */
function waitingAdvice(former: string): string {
  return `${former} has newer WAL and answers, but the DCS does not list it: Patroni leaves the lead to it for as long as it answers. Give ${former} its way to the DCS back. If that takes too long, fail over to another member by hand: what only ${former} has is lost then.`
}

function leaderlessAdvice(
  writer: MemberSnapshot | null,
  unseen: MemberSnapshot | null,
  isPaused: boolean,
  now: Date,
): string {
  const silent = writer && isGone(writer.problem, now) ? writer : unseen
  if (silent) {
    return isPaused
      ? startBeforeResuming(silent.name)
      : `Start Patroni on ${silent.name} first, or stop its Postgres: another member may take the lead at any moment, and what ${silent.name} writes is lost then.`
  }
  if (!isPaused) {
    return 'Patroni normally elects within seconds. If it does not, its log on each member says why that one does not take the lead.'
  }
  return writer
    ? `Patroni on ${writer.name} normally takes the key again within seconds; if it does not, its log says why. Name no other leader while ${writer.name} takes writes.`
    : 'Resume Patroni with patronictl resume, or name a leader by a failover.'
}

function nobodyLeads(lasting: string): string {
  return lasting === '' ? 'Nobody holds the leader key' : `Nobody has held the leader key${lasting}`
}

/** No member reaches the DCS. Failsafe mode has a finding of its own, which says more. */
export function noDcs(leader: Extract<LeaderState, { kind: 'no-dcs' }>, snapshot: Snapshot, now: Date): Finding[] {
  const { writer } = leader
  if (writer === null) {
    return [
      {
        kind: 'no-leader',
        severity: 'critical',
        member: null,
        sentence: `Nothing can be written: ${hasLostQuorum(snapshot, now) ? 'etcd has no quorum' : 'no member reaches the DCS'}, and without it nobody may lead.`,
        advice: 'Bring the DCS back. Patroni then elects a leader by itself within seconds; promote nobody by hand.',
      },
    ]
  }
  if (snapshot.failsafeActive) return []
  const isManaged = answers(writer, now)
  return [
    {
      kind: isManaged ? 'no-leader' : 'unmanaged-primary',
      severity: 'critical',
      member: writer.name,
      sentence: isManaged
        ? `${writer.name} still takes writes, but no member reaches the DCS: it stops writing once its lease cannot be renewed.`
        : `No Patroni answers, but Postgres on ${writer.name} takes writes.`,
      advice: isManaged
        ? 'Bring the DCS back. Restart neither Patroni nor Postgres meanwhile.'
        : `Start Patroni on ${writer.name} first, then on the others.`,
    },
  ]
}
