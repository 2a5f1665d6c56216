import type { PatroniStatus } from '#domain/snapshot/patroni.ts'
import type { Seen } from '#domain/snapshot/reading.ts'
import type { ClusterReadings, MemberReadings } from '#domain/snapshot/readings.ts'
import { writeRouteOf } from '#domain/snapshot/route.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { isStale, lookIntervalsMs, newestOf } from '#domain/snapshot/staleness.ts'
import { claimOf, type LeadClaim } from '#domain/judgement/truth/lead-claim.ts'

/**
 * Who leads by the roles that each member's Patroni tells of itself, by SQL and by HAProxy's servers, each with the look since which it has said so:
 * so a disagreement can be known to last. A source that could not be looked at keeps its last claim, which then grows old.
 */
export function leadClaimsOf(
  previous: Snapshot | null,
  snapshot: Snapshot,
  readings: ClusterReadings,
  now: Date,
): LeadClaim[] {
  const { members } = readings
  const told = [
    claimed('patroni', members, ({ status }) => leadByRole(status, now)),
    claimed('sql', members, ({ postgres }) => leadBySql(postgres, now)),
    byHaproxy(snapshot, now),
  ]
  return sources.flatMap((source, index) => {
    const before = claimOf(previous, source)
    const claim = told[index] ?? null
    return claim === null ? (before ?? []) : continued(before, claim, source)
  })
}

const sources = ['patroni', 'sql', 'haproxy'] as const

/** A run that was not looked at for long may have been broken meanwhile: it begins anew. */
function continued(before: LeadClaim | null, claim: LeadClaim, source: LeadClaim['source']): LeadClaim {
  if (before === null || before.says.join() !== claim.says.join()) return claim
  const isUnbroken = claim.seenAt.getTime() - before.seenAt.getTime() <= 3 * intervalOf[source]
  return isUnbroken ? { ...claim, since: before.since } : claim
}

const intervalOf = {
  patroni: lookIntervalsMs.patroni,
  sql: lookIntervalsMs.postgres,
  haproxy: lookIntervalsMs.haproxy,
} as const satisfies Record<LeadClaim['source'], number>

interface Word {
  leads: boolean
  at: Date
}

function claimed(
  source: LeadClaim['source'],
  members: readonly MemberReadings[],
  ask: (member: MemberReadings) => Word | null,
): LeadClaim | null {
  const words = members.map((member) => ({ name: member.name, word: ask(member) }))
  const seenAt = newestOf(...words.map(({ word }) => word?.at))
  if (seenAt === null) return null
  return {
    source,
    says: words.flatMap(({ name, word }) => (word?.leads ? [name] : [])).toSorted(),
    since: seenAt,
    seenAt,
    unseen: words.flatMap(({ name, word }) => (word === null ? [name] : [])).toSorted(),
  }
}

function leadByRole({ good, problem }: Seen<PatroniStatus>, now: Date): Word | null {
  if (!good || problem || isStale(good.observedAt, now)) return null
  return { leads: good.value.role === 'primary' || good.value.role === 'standby_leader', at: good.observedAt }
}

function leadBySql(postgres: MemberReadings['postgres'], now: Date): Word | null {
  const { good, problem } = postgres ?? { good: null, problem: null }
  if (!good || problem || isStale(good.observedAt, now, lookIntervalsMs.postgres)) return null
  return { leads: !good.value.inRecovery, at: good.observedAt }
}

/** Only where every server that is up is known by a member's name: another name may be the leader's. */
function byHaproxy(snapshot: Snapshot, now: Date): LeadClaim | null {
  const { haproxy } = snapshot
  if (!haproxy?.seenAt || haproxy.problem || isStale(haproxy.seenAt, now, lookIntervalsMs.haproxy)) return null
  const route = writeRouteOf(snapshot)
  if (!route?.isKnown) return null
  return { source: 'haproxy', says: route.targets, since: haproxy.seenAt, seenAt: haproxy.seenAt, unseen: [] }
}
