import type { Candidate } from '#domain/judgement/candidate.ts'
import type { Finding } from '#domain/judgement/finding.ts'
import { forAgeAtLeast, formatInstant } from '#domain/format.ts'
import type { LeaderState } from '#domain/judgement/leader-state.ts'
import { isGone, isRunning } from '#domain/snapshot/reachability.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { synchronousModeOf } from '#domain/snapshot/synchronous-mode.ts'
import { count } from '#domain/words.ts'
import { takeoverObstacles } from '#domain/judgement/takeover-words.ts'
import type { JudgedCase } from './judged-case.ts'
import { unseenWriter } from './leaderless.ts'

/** How safe the lead is: who could take over, and what keeps Patroni from letting them. */
export function safetyFindings(given: JudgedCase): Finding[] {
  return [...candidateFindings(given), ...modeFindings(given), ...synchronousFindings(given)]
}

function candidateFindings({ snapshot, forecast, leader, now }: JudgedCase): Finding[] {
  if (unledKinds.has(leader.kind) || forecast.outcome === 'unsure') return []
  const others = forecast.candidates
  const fit = others.filter(({ isFit }) => isFit)
  const [only] = fit
  if (!only && others.some((candidate) => isPassingLag(candidate, snapshot))) return []
  if (!only) {
    const obstacles = takeoverObstacles(others, snapshot, now)
    return [
      {
        kind: 'no-candidate',
        severity: 'critical',
        member: null,
        sentence:
          obstacles === null ? 'There is no replica that could take over.' : `Nobody could take over: ${obstacles}.`,
        advice: 'Until a replica is well again, the cluster stands and falls with its leader.',
      },
    ]
  }
  const weak = others.filter(({ code }) => code !== 'fit' && code !== 'not-synchronous')
  if (fit.length > 1 || weak.length === 0) return []
  return [
    {
      kind: 'one-candidate',
      severity: 'info',
      member: only.name,
      sentence: `Only ${only.name} could take over; the other ${others.length === 2 ? 'replica' : count(others.length - 1, 'replica')} could not.`,
      advice: 'One more failure would leave nobody to take over.',
    },
  ]
}

/** Too far behind at this look, but not for long: on a busy cluster that passes within seconds. */
function isPassingLag({ name, code }: Candidate, snapshot: Snapshot): boolean {
  const member = snapshot.members.find((other) => other.name === name)
  return code === 'lag-too-high' && member?.laggingSince === null
}

const unledKinds = new Set<JudgedCase['leader']['kind']>(['none', 'unknown', 'no-dcs'])

function modeFindings({ snapshot, leader, now }: JudgedCase): Finding[] {
  const findings: Finding[] = []
  if (snapshot.pause) {
    findings.push({
      kind: 'paused',
      severity: 'warning',
      member: null,
      sentence: `${pausedClause(snapshot.pause.since, snapshot.isPausedLonger, now)}: if the leader failed, nobody would take over by itself.`,
      advice: resumeAdvice(snapshot, leader, now),
    })
  }
  if (snapshot.failsafeActive) {
    findings.push({
      kind: 'failsafe-active',
      severity: 'critical',
      member: null,
      sentence: `Failsafe mode is active: the members cannot reach the DCS, and ${snapshot.leader?.name ?? 'the leader'} may write only while every one of them answers it.`,
      advice: 'Bring the DCS back. Until then restart and stop nothing: one silent member ends all writes.',
    })
  }
  if (snapshot.scheduledSwitchover) {
    const { at, from, to } = snapshot.scheduledSwitchover
    findings.push({
      kind: 'switchover-scheduled',
      severity: 'info',
      member: from,
      sentence: `A switchover${from ? ` from ${from}` : ''}${to ? ` to ${to}` : ''} is scheduled for ${formatInstant(at)}.`,
      advice: 'Patroni drops it silently if the leader changes or the cluster is paused before then.',
    })
  }
  return findings
}

/** To resume is to allow an election: not while a Postgres writes that no Patroni holds back. */
function resumeAdvice(snapshot: Snapshot, leader: LeaderState, now: Date): string {
  const loose = looseLeader(snapshot, leader, now)
  return loose === null
    ? 'When the maintenance is over, resume with patronictl resume.'
    : `Resume only once Patroni runs on ${loose.name} again.`
}

function looseLeader(snapshot: Snapshot, leader: LeaderState, now: Date): MemberSnapshot | null {
  if (leader.kind === 'unmanaged' || (leader.kind === 'silent' && !leader.isPostgresGone)) return leader.member
  if (leader.kind !== 'none') return null
  return leader.writer && isGone(leader.writer.problem, now) ? leader.writer : unseenWriter(snapshot, now)
}

function pausedClause(since: Date, isLonger: boolean, now: Date): string {
  const lasting = forAgeAtLeast(since, now, isLonger)
  return lasting === '' ? 'Patroni is paused' : `Patroni has been paused${lasting}`
}

function synchronousFindings({ snapshot, leader }: JudgedCase): Finding[] {
  const { config, syncStandbys, members } = snapshot
  if (synchronousModeOf(snapshot) === false || snapshot.leader === null) return []
  const working = members.filter((member) => syncStandbys.includes(member.name) && member.isListed && isRunning(member))
  if (working.length > 0) return []
  const isServed = members.some(({ streamsFrom }) => streamsFrom === snapshot.leader?.name)
  const isStrict = config?.synchronousModeStrict === true && leader.kind === 'working' && !isServed
  return [
    {
      kind: 'sync-standby-missing',
      severity: isStrict ? 'critical' : 'warning',
      member: null,
      sentence: isStrict
        ? 'Every write waits: synchronous mode is strict and no replica is there to confirm.'
        : 'Synchronous mode is on, but no synchronous standby is there: commits are on the leader alone.',
      advice: 'Bring a replica back; Patroni makes it synchronous by itself.',
    },
  ]
}
