import type { Candidate } from './candidate.ts'
import { judgeCandidates } from './candidates.ts'
import { defaultMaximumLagBytes } from './candidate-fitness.ts'
import { electionBar } from './election-bar.ts'
import { etcdCount } from '#domain/snapshot/etcd-count.ts'
import type { Forecast } from './forecast.ts'
import { forecastSentence } from './forecast-sentence.ts'
import { lostBytes } from './loss.ts'
import { defaultTtlSeconds, type LeaderState, leaderStateOf } from './leader-state.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { isVoter } from '#domain/snapshot/synchronous-mode.ts'

/** What would happen if the leader died at `now`: who would lead, after how long, and what would be lost. */
export function forecastOf(snapshot: Snapshot, now: Date): Forecast {
  const sight = sightOf(snapshot, now)
  const leader = leaderStateOf(snapshot, now)
  const candidates = sight === 'clear' || leader.kind === 'no-dcs' ? judgeCandidates(snapshot, now, 'failover') : []
  const outcome = outcomeOf(snapshot, leader, candidates, now)
  const winners =
    outcome === 'takeover' || outcome === 'no-leader-now' ? candidates.filter(({ rank }) => rank === 1) : []
  const forecast = {
    nextLeader: outcome === 'takeover' && winners.length === 1 ? (winners[0]?.name ?? null) : null,
    outcome,
    lostBytes: outcome === 'takeover' && leader.kind !== 'unmanaged' ? lostBytes(winners, snapshot) : null,
    outageSeconds: outcome === 'takeover' ? outageSeconds(snapshot, leader, now) : null,
    candidates,
    allowedLagBytes: snapshot.config?.maximumLagOnFailoverBytes ?? defaultMaximumLagBytes,
    quorum: etcdCount(snapshot, now),
  }
  return { ...forecast, sentence: forecastSentence({ forecast, winners, snapshot, leader, now }) }
}

function outcomeOf(snapshot: Snapshot, leader: LeaderState, candidates: Candidate[], now: Date): Forecast['outcome'] {
  if (leader.kind === 'unknown') return 'unsure'
  if (leader.kind === 'none') return 'no-leader-now'
  if (leader.kind === 'no-dcs') return leader.writer ? 'nobody' : 'no-leader-now'
  if (snapshot.pause) return 'paused'
  if (electionBar(snapshot, now) !== null) return 'nobody'
  if (candidates.some(({ isFit }) => isFit)) return 'takeover'
  return candidates.some((candidate) => mightWin(candidate, snapshot)) ? 'unsure' : 'nobody'
}

/** Unfit only as far as this console sees: the other members may see more. */
function mightWin(candidate: Candidate, snapshot: Snapshot): boolean {
  switch (candidate.code) {
    case 'lag-unknown':
      return true
    case 'unreachable':
      return snapshot.members.find(({ name }) => name === candidate.name)?.problem?.kind !== 'refused'
    case 'few-votes':
      return snapshot.members.some(
        (member) => isVoter(member, snapshot) && member.problem !== null && member.problem.kind !== 'refused',
      )
    case 'timeline-behind':
      return snapshot.config?.checkTimeline === false
    case 'fit':
    case 'is-leader':
    case 'missing':
    case 'not-running':
    case 'nofailover':
    case 'watchdog-failed':
    case 'lag-too-high':
    case 'not-synchronous':
    case 'not-streaming':
    case 'former-ahead':
    case 'other-cluster':
      return false
  }
}

/**
 * The lease has between ttl - loop_wait and ttl to run when its holder dies; etcd ends it up to 1 s late, and promotion takes
 * up to 3 s. For a leader that is silent already, the lease is running.
 */
function outageSeconds(snapshot: Snapshot, leader: LeaderState, now: Date): { from: number; to: number } {
  const ttl = snapshot.config?.ttlSeconds ?? defaultTtlSeconds
  const loopWait = snapshot.config?.loopWaitSeconds ?? 10
  const isRunningOut = leader.kind === 'silent' || leader.kind === 'unmanaged'
  const left = isRunningOut ? Math.ceil((leader.leaseEndsAt.getTime() - now.getTime()) / 1000) : ttl
  return { from: Math.max(0, left - loopWait), to: Math.max(0, left) + 4 }
}
