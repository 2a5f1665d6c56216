import type { Assessment } from './assessment.ts'
import { electionBar, hasLostQuorum } from './election-bar.ts'
import type { Finding } from './finding.ts'
import { lastSeen } from './findings/console.ts'
import { formatAge } from '#domain/format.ts'
import type { LeaderState } from './leader-state.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { takeoverClause, takeoverObstacles } from './takeover-words.ts'
import { capitalised, count, oneOf } from '#domain/words.ts'

type Given = Omit<Assessment, 'verdict'> & { snapshot: Snapshot; now: Date }

/** The verdict in words: who leads, who could take over, and the one thing most in the way of sleep. */
export function verdictSentence(leader: LeaderState, given: Given): string {
  const { findings, forecast } = given
  const splitBrain = findings.find(({ kind }) => kind === 'split-brain')
  if (splitBrain) return splitBrain.sentence
  const ofLead = findings.find(({ kind }) => leadKinds.has(kind))?.sentence
  switch (leader.kind) {
    case 'unknown':
      return unseenSentence(given)
    case 'working':
      return workingSentence(leader.member.name, given)
    case 'none':
      return join(ofLead, leader.writer ? null : raceSentence(given))
    case 'silent':
      return join(ofLead, successionSentence(given))
    case 'unreached':
      return join(ofLead, forecast.outcome === 'takeover' ? `${takeoverClause(forecast, given.snapshot)}.` : null)
    case 'no-dcs':
      return ofLead ?? findings[0]?.sentence ?? ''
    case 'read-only':
      return join(ofLead, hasLostQuorum(given.snapshot, given.now) ? nobodyElected : null)
    case 'not-running':
      return join(ofLead, hasLostQuorum(given.snapshot, given.now) ? stepsDown : null)
    case 'promoting':
    case 'unmanaged':
      return join(ofLead, null)
  }
}

/** Patroni demotes a leader that cannot renew its lease: the fault is in etcd, not in Postgres. */
const stepsDown = 'etcd has no quorum, so the leader must step down, and nobody can be elected until etcd is back.'

const nobodyElected = 'Nobody can be elected until etcd is back.'

const leadKinds = new Set<Finding['kind']>([
  'no-leader',
  'leader-not-running',
  'leader-not-writable',
  'leader-silent',
  'unmanaged-primary',
  'member-unreachable',
])

function unseenSentence({ snapshot, findings, now }: Given): string {
  if (sightOf(snapshot, now) !== 'stale') return findings[0]?.sentence ?? lastSeen(snapshot, now)
  return `Not looked at for ${formatAge(snapshot.takenAt, now)}: Matriarch's collector has stopped. ${lastSeen(snapshot, now)}`
}

function workingSentence(name: string, given: Given): string {
  const { findings, forecast, snapshot, now } = given
  const leads = snapshot.isStandbyCluster ? `${name} leads this standby cluster` : `${name} leads`
  const [worst] = findings
  if (worst?.kind === 'no-candidate') {
    const obstacles = takeoverObstacles(forecast.candidates, snapshot, now)
    if (obstacles === null) return `${leads} alone: there is no replica that could take over.`
    return `${leads}, but nobody could take over: ${obstacles}.`
  }
  const telling = findings.filter(({ severity }) => severity !== 'info')
  const [first, ...others] = telling
  if (forecast.outcome === 'unsure' && first?.severity !== 'critical') {
    const obstacles = takeoverObstacles(forecast.candidates, snapshot, now)
    return `${leads}, but whether anybody could take over cannot be said: ${obstacles}.`
  }
  if (!first) return `${leads}. ${safetySentence(given)}`
  const more = others.length > 0 ? ` ${count(others.length, 'more finding')}.` : ''
  if (first.severity === 'critical' || first.kind === 'paused') return `${leads}. ${first.sentence}${more}`
  if (forecast.outcome !== 'takeover') return `${leads}. ${safetySentence(given)} ${first.sentence}${more}`
  return `${leads} and ${lowerFirst(takeoverClause(forecast, snapshot))}. ${first.sentence}${more}`
}

function safetySentence({ forecast, snapshot, now }: Given): string {
  if (forecast.outcome === 'takeover') return `${takeoverClause(forecast, snapshot)}.`
  const isOpen = forecast.outcome === 'nobody' && electionBar(snapshot, now) === null
  const obstacles = isOpen ? takeoverObstacles(forecast.candidates, snapshot, now) : null
  return obstacles === null ? forecast.sentence : `Just now nobody could take over: ${obstacles}.`
}

function raceSentence({ forecast, snapshot }: Given): string | null {
  const winners = forecast.candidates.filter(({ rank }) => rank === 1).map(({ name }) => name)
  if (snapshot.pause) return 'Patroni is paused, so nobody takes the lead by itself.'
  if (winners.length > 0) return `${capitalised(oneOf(winners))} can take the lead, normally within seconds.`
  return forecast.sentence
}

function successionSentence({ forecast, snapshot, now }: Given): string {
  const winners = forecast.candidates.filter(({ rank }) => rank === 1).map(({ name }) => name)
  if (forecast.outcome === 'takeover') return `Then ${oneOf(winners)} takes over.`
  if (forecast.outcome === 'paused') return 'Patroni is paused, so nobody would take over.'
  const obstacles = takeoverObstacles(forecast.candidates, snapshot, now)
  return obstacles === null ? 'There is no replica to take over.' : `Nobody could take over: ${obstacles}.`
}

function join(first: string | undefined, second: string | null): string {
  return [first, second].filter((part) => part).join(' ')
}

/** Member names keep their letters; only our own words lose their capital inside a sentence. */
function lowerFirst(clause: string): string {
  return clause.replace(/^(?:Either|Any) /, (word) => word.toLowerCase())
}
