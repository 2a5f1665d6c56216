import type { PostgresDetail } from '#domain/stack/postgres-detail.ts'
import { type AgentSource, type FactSources, freshOf, total } from './sources.ts'

/** What was seen over the last half hour of that which only tells by its growth; kept by whoever makes facts again and again. */
export interface Trail {
  leader: LeaderPoint[]
  terms: { at: Date; value: number }[]
  /** Room left beside the data, by node. */
  free: Readonly<Record<string, { at: Date; value: number }[]>>
}

type Counter = 'deadlocks' | 'requestedCheckpoints' | 'checksumFailures'

interface LeaderPoint {
  at: Date
  /** Another of these and the counters begin anew. */
  server: string
  deadlocks: number | null
  requestedCheckpoints: number | null
  checksumFailures: number | null
}

/** Nothing seen yet. */
export const emptyTrail: Trail = { leader: [], terms: [], free: {} }

/** Adds what is newly seen and forgets what is old. */
export function extendTrail(
  trail: Trail,
  { snapshot, stack, agents, now }: Pick<FactSources, 'snapshot' | 'stack' | 'agents' | 'now'>,
): Trail {
  const leader = snapshot.leader?.name ?? null
  const looked = stack?.members.find(({ name }) => name === leader)?.postgres
  const detail = freshOf(looked, now)
  const etcd = freshOf(stack?.etcd, now)
  const term = Math.max(...(etcd?.members ?? []).map(({ raftTerm }) => raftTerm ?? 0), 0)
  const point = detail && looked?.seenAt && leader !== null ? pointOf(leader, detail, looked.seenAt) : null
  const sameServer = point === null ? trail.leader : trail.leader.filter(({ server }) => server === point.server)
  return {
    leader: point === null ? lately(trail.leader, now) : lately(added(sameServer, point, spacingMs), now),
    terms: lately(term === 0 ? trail.terms : added(trail.terms, { at: now, value: term }, spacingMs), now),
    free: Object.fromEntries(agents.map((agent) => [agent.node, freeOf(trail, agent, now)])),
  }
}

/**
 * How much a counter of the leader grew within so many seconds; null where less than nine tenths of that were seen, or where it was
 * reset meanwhile.
 */
export function growth({ leader }: Pick<Trail, 'leader'>, counter: Counter, seconds: number, now: Date): number | null {
  const points = leader.map((each) => ({ at: each.at, value: each[counter] }))
  return grown(points, seconds, now)
}

/**
 * How much a counter of the leader grew within so many seconds at the least: whoever has just begun to look has seen a part of that, and
 * it holds of the whole. Null where nothing was seen to grow, which says nothing.
 */
export function seenGrowth(
  { leader }: Pick<Trail, 'leader'>,
  counter: Counter,
  seconds: number,
  now: Date,
): number | null {
  const values = leader
    .filter(({ at }) => at.getTime() >= now.getTime() - seconds * 1000)
    .flatMap((point) => point[counter] ?? [])
  const seen = values.reduce((sum, value, index) => sum + Math.max(0, value - (values[index - 1] ?? value)), 0)
  return seen > 0 ? seen : null
}

/** How often a number that only grows has grown within so many seconds; null where it was not seen for so long. */
export function grown(
  points: readonly { at: Date; value: number | null }[],
  seconds: number,
  now: Date,
): number | null {
  const from = now.getTime() - seconds * 1000
  const within = points.filter(({ at }) => at.getTime() >= from)
  const [first] = within
  const last = within.at(-1)
  if (!first || !last || first.at.getTime() - from > seconds * 100) return null
  if (now.getTime() - last.at.getTime() > 3 * spacingMs) return null
  if (first.value === null || last.value === null) return null
  return last.value < first.value ? null : last.value - first.value
}

/** In how many seconds the room of a node is used up, as it went lately; null where it does not shrink or is not known. */
export function fullInSeconds(trail: Trail, node: string, now: Date): number | null {
  const points = trail.free[node] ?? []
  const [first] = points
  const last = points.at(-1)
  if (!first || !last || now.getTime() - last.at.getTime() > 10 * 60_000) return null
  const seconds = (last.at.getTime() - first.at.getTime()) / 1000
  const used = first.value - last.value
  if (seconds < leastTrendSeconds) return null
  return used <= 0 ? forever : (last.value / used) * seconds
}

/** A disk that does not fill: ten years. */
const forever = 315_360_000
const leastTrendSeconds = 900
const spacingMs = 30_000
const keptMs = 32 * 60_000

function pointOf(leader: string, detail: PostgresDetail, at: Date): LeaderPoint {
  const { databases, checkpoints, startedAt } = detail
  const failures = databases.map(({ checksumFailures }) => checksumFailures)
  return {
    at,
    server: `${leader} ${startedAt?.getTime() ?? ''}`,
    deadlocks: total(databases.map(({ deadlocksTotal }) => deadlocksTotal)),
    requestedCheckpoints: checkpoints?.requested ?? null,
    checksumFailures: total(failures),
  }
}

function freeOf(trail: Trail, agent: AgentSource, now: Date): { at: Date; value: number }[] {
  const before = trail.free[agent.node] ?? []
  const { dataFreeBytes: value, nodeSeenAt: at } = agent
  return lately(value === null || at === null ? before : added(before, { at, value }, 60_000), now)
}

/** At most one point in so long, and none twice. */
function added<P extends { at: Date }>(points: readonly P[], point: P, spacing: number): P[] {
  const last = points.at(-1)
  return last && point.at.getTime() - last.at.getTime() < spacing ? [...points] : [...points, point]
}

function lately<P extends { at: Date }>(points: readonly P[], now: Date): P[] {
  return points.filter(({ at }) => now.getTime() - at.getTime() <= keptMs)
}
