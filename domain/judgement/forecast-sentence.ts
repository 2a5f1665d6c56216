import type { Candidate } from './candidate.ts'
import { indistinctBytes } from './candidates.ts'
import { candidateClause } from './candidate-words.ts'
import { electionBar } from './election-bar.ts'
import type { Forecast } from './forecast.ts'
import { waitingForFormer } from './former-ahead.ts'
import { formatByteCount } from '#domain/format.ts'
import { defaultTtlSeconds, type LeaderState } from './leader-state.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { capitalised, listNames, oneOf } from '#domain/words.ts'

interface Told {
  forecast: Omit<Forecast, 'sentence'>
  winners: Candidate[]
  snapshot: Snapshot
  leader: LeaderState
  now: Date
}

/** The forecast in words, e.g. `pg-node-1 would lead in about 30 s, with 0 bytes lost.` */
export function forecastSentence(told: Told): string {
  switch (told.forecast.outcome) {
    case 'takeover':
      return takeover(told)
    case 'nobody':
      return nobody(told)
    case 'paused':
      return `Nobody would lead: Patroni is paused. ${standstill(told)} or Patroni is resumed.`
    case 'no-leader-now':
      return leaderless(told)
    case 'unsure':
      return unsure(told)
  }
}

function takeover({ forecast, winners, snapshot, leader }: Told): string {
  const names = oneOf(winners.map(({ name }) => name))
  const loss = lossPhrase(forecast.lostBytes)
  const seconds = forecast.outageSeconds?.to ?? defaultTtlSeconds
  if (leader.kind === 'unmanaged') {
    return `${capitalised(names)} will lead within ${seconds} s, without what ${leader.member.name} writes until it is stopped.`
  }
  if (leader.kind === 'silent') {
    return `${leader.member.name} does not answer. If it is dead, ${names} will lead within ${seconds} s, ${loss}.`
  }
  return `${capitalised(names)} would lead in about ${snapshot.config?.ttlSeconds ?? defaultTtlSeconds} s, ${loss}.`
}

function lossPhrase(lostBytes: number | null): string {
  if (lostBytes === null) return 'with a loss that cannot be told'
  if (lostBytes === 0) return 'with 0 bytes lost'
  // The few bytes between two looks: a number would claim what cannot be measured, and contradict the verdict's "nothing".
  if (lostBytes <= indistinctBytes) return 'with next to nothing lost'
  return `with up to ${formatByteCount(lostBytes)} lost`
}

function nobody(told: Told): string {
  const bar = electionBar(told.snapshot, told.now)
  const head = bar === null ? 'Nobody would lead.' : `Nobody would lead: ${bar}.`
  return `${head} ${standstill(told)}.`
}

function standstill({ snapshot }: Told): string {
  const what = snapshot.isStandbyCluster ? 'Replication from the other site' : 'Writes'
  return `${what} would stop until ${snapshot.leader?.name ?? 'a leader'} returns`
}

function leaderless({ winners, snapshot, forecast, now }: Told): string {
  if (snapshot.pause) return 'Nobody leads, and nobody will by itself: Patroni is paused.'
  const bar = electionBar(snapshot, now)
  if (bar !== null) return `Nobody leads, and nobody can: ${bar}.`
  if (winners.length > 0) {
    const names = oneOf(winners.map(({ name }) => name))
    return `Nobody leads now. ${capitalised(names)} can take the lead, normally within seconds.`
  }
  const waiting = waitingForFormer(forecast.candidates)
  if (waiting.length > 0) {
    const leave = waiting.length === 1 ? 'leaves' : 'leave'
    return `Nobody leads now: ${listNames(waiting)} ${leave} the lead to ${snapshot.formerLeader}, which has newer WAL, but which the DCS does not list.`
  }
  return `Nobody leads now, and no member may take the lead${because(forecast.candidates, snapshot, now)}.`
}

function unsure({ forecast, snapshot, leader, now }: Told): string {
  if (leader.kind === 'unknown') return 'Too little is seen to say who would lead.'
  return `It cannot be said whether anybody would lead${because(forecast.candidates, snapshot, now)}.`
}

function because(candidates: Candidate[], snapshot: Snapshot, now: Date): string {
  const clauses = candidates.flatMap((candidate) => {
    const member = snapshot.members.find(({ name }) => name === candidate.name)
    return member ? [candidateClause(member, snapshot, now, candidate.code)] : []
  })
  return clauses.length === 0 ? '' : `: ${clauses.join(', ')}`
}
