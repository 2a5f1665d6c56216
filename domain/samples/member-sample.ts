import { answers, isRunning } from '#domain/snapshot/reachability.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import { isStale } from '#domain/snapshot/staleness.ts'
import { countOn, type Counted, type Totals } from './counted.ts'
import { lagValues } from './lag-values.ts'
import type { MemberValues } from './member-values.ts'
import { poolTotals, poolValues } from './pool-values.ts'
import { postgresTotals } from './postgres-totals.ts'
import { postgresValues } from './postgres-values.ts'
import { freshLook, isFresh } from './sweep.ts'
import { keyOf, type MemberSeen, type NodeRoom } from './sweep-seen.ts'
import { trafficTotals, trafficValues } from './traffic-values.ts'

/** All that is known of one member now, and the totals of its layers for the next sweep. */
export function memberSample(given: MemberSeen): { values: MemberValues; counted: Map<string, Counted> } {
  const { member, seen, traffic } = given
  const { now, stack } = seen
  const layers = stack?.members.find(({ name }) => name === member.name)
  const postgres = freshLook(layers?.postgres, now)
  const pooler = freshLook(layers?.pooler, now)
  const counted = new Map<string, Counted>()
  const count = (layer: string, totals: Totals | null) => {
    if (totals) counted.set(layer, countOn(seen.before?.counted.get(keyOf(layer, member.name)), totals))
  }
  count('patroni', postgres ? null : patroniTotals(member, now))
  count('postgres', postgres && postgresTotals(postgres.value, postgres.seenAt))
  count('pooler', pooler && poolTotals(pooler.value, pooler.seenAt))
  count('traffic', traffic && trafficTotals(traffic.lines, member.name, traffic.seenAt))
  const rates = [...counted.values()].flatMap((layer) => [...layer.rates])
  const values: MemberValues = {
    ...stateValues(given),
    ...lagValues(given),
    ...(postgres && postgresValues(postgres.value, now)),
    ...(pooler && poolValues(pooler.value)),
    ...(traffic && trafficValues(traffic.lines, member.name)),
    dataFreeBytes: freeBytes(seen.nodes?.get(member.name), now),
    ...Object.fromEntries(rates),
  }
  return { values, counted }
}

function stateValues({ member, seen }: MemberSeen): MemberValues {
  const { snapshot, now } = seen
  const isAnswering = answers(member, now)
  // What SQL answers runs, whatever has become of its Patroni.
  const hasSql = member.postgres !== null && !isStale(member.postgres.seenAt, now) && !member.postgresProblem
  const isSeen = isAnswering || hasSql
  const isClear = sightOf(snapshot, now) === 'clear'
  return {
    isLeader: isClear && member.missingSince === null ? Number(snapshot.leader?.name === member.name) : null,
    isRunning: isSeen ? Number(hasSql || isRunning(member)) : null,
    timeline: isSeen ? member.timeline : null,
  }
}

/** Without a user for Postgres, what its Patroni says of a primary's position. */
function patroniTotals(member: MemberSnapshot, now: Date): Totals | null {
  const { seenAt, lsn, isWritable, postmasterStartedAt, timeline } = member
  if (!answers(member, now) || seenAt === null || isWritable !== true) return null
  const identity = `${postmasterStartedAt?.toISOString() ?? ''} ${timeline ?? ''}`
  return { seenAt, identity, parts: new Map([['wal', { identity: '', totals: { walBytesPerSecond: lsn } }]]) }
}

/** With each answer to how an agent is; an older agent tells once a minute. */
const nodeBeatMs = 30_000

function freeBytes(sight: NodeRoom | undefined, now: Date): number | null {
  return sight && isFresh(sight.seenAt, now, nodeBeatMs) ? sight.dataFreeBytes : null
}
