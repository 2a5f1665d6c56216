import { isAddressOf } from '#domain/snapshot/address.ts'
import type { PatroniStatus } from '#domain/snapshot/patroni.ts'
import { isRunning } from '#domain/snapshot/reachability.ts'
import type { Seen } from '#domain/snapshot/reading.ts'
import type { ClusterReadings, MemberReadings } from '#domain/snapshot/readings.ts'
import type { MemberRole, MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import { tellsStreaming } from '#domain/snapshot/patroni-version.ts'
import { isStale } from '#domain/snapshot/staleness.ts'
import type { DcsPicture, ListedMember } from './picture.ts'
import { lagOf } from './lag-of.ts'
import { laggingOf } from './lagging.ts'
import type { LeaderPosition } from './leader-position.ts'
import type { RosterEntry } from './roster.ts'
import type { Streams } from './streaming.ts'
import { leaderIn } from './trusted-views.ts'
import { furthestLsn } from './wal-position.ts'
import { writabilityOf } from './writability.ts'

/** What all members of one snapshot share while they are put together. */
export interface Surroundings {
  picture: DcsPicture | null
  leaderPosition: LeaderPosition | null
  streams: Streams
  maximumLagBytes: number
  readings: ClusterReadings
  now: Date
}

/** One member: its own fresh word first, then the DCS's, then what was last known of it. */
export function memberOf(entry: RosterEntry, around: Surroundings): MemberSnapshot {
  const { name, previous, reading } = entry
  const { picture, now } = around
  const listed = picture?.members.get(name)
  const lastWord = reading?.status.good?.value ?? null
  const fresh = freshStatus(reading, now)
  const role = roleOf(name, previous, listed, fresh, picture)
  const isLeader = role === 'leader' || role === 'standby_leader'
  const lag = isLeader
    ? { receiveLag: null, receiveLagAtMost: null, replayLag: null, lagObservedAt: null }
    : lagOf({ leader: around.leaderPosition, picture, name, previous, reading, now })
  return {
    name,
    host: listed?.host ?? previous?.host ?? null,
    port: listed?.port ?? previous?.port ?? null,
    apiUrl: reading?.apiUrl ?? listed?.apiUrl ?? previous?.apiUrl ?? null,
    role,
    state: stateOf({ name, role, fresh, listed, previous, streams: around.streams }),
    timeline:
      fresh?.timeline ?? timelineBySql(reading) ?? listedTimeline(listed, reading, now) ?? previous?.timeline ?? null,
    ...writabilityOf(previous, reading, now),
    ...lag,
    ...laggingOf({ previous, reading, lag, maximumLagBytes: around.maximumLagBytes }),
    lsn: (fresh && furthestLsn(fresh.wal)) ?? listed?.lsn ?? previous?.lsn ?? null,
    streamsFrom: isLeader ? null : (around.streams.sourceOf.get(name) ?? null),
    tags: fresh?.tags ?? listed?.tags ?? previous?.tags ?? {},
    pendingRestart: fresh?.pendingRestart ?? listed?.pendingRestart ?? previous?.pendingRestart ?? false,
    pendingRestartReason: fresh?.pendingRestartReason ?? previous?.pendingRestartReason ?? {},
    patroniVersion: lastWord?.patroniVersion ?? listed?.patroniVersion ?? previous?.patroniVersion ?? null,
    serverVersion: lastWord?.serverVersion ?? previous?.serverVersion ?? null,
    systemIdentifier: systemIdentifierOf(reading) ?? previous?.systemIdentifier ?? null,
    postmasterStartedAt: lastWord?.postmasterStartedAt ?? previous?.postmasterStartedAt ?? null,
    watchdogFailed: fresh?.watchdogFailed ?? previous?.watchdogFailed ?? false,
    ...listing(entry, picture, now),
    seenAt: reading?.status.good?.observedAt ?? previous?.seenAt ?? null,
    problem: reading?.status.problem ?? null,
    postgres: withSeenAt(reading?.postgres ?? null) ?? previous?.postgres ?? null,
    postgresProblem: reading?.postgres?.problem ?? null,
    pooler: poolerOf(reading, previous),
    ownView: ownViewOf(reading) ?? previous?.ownView ?? null,
  }
}

function freshStatus(reading: MemberReadings | undefined, now: Date): PatroniStatus | null {
  const good = reading?.status.good
  return good && !isStale(good.observedAt, now) ? good.value : null
}

function roleOf(
  name: string,
  previous: MemberSnapshot | undefined,
  listed: ListedMember | undefined,
  fresh: PatroniStatus | null,
  picture: DcsPicture | null,
): MemberRole {
  if (picture === null) return previous?.role ?? 'unknown'
  if (listed) return listed.role
  if (name === picture.leader) return 'leader'
  if (fresh?.role === 'replica' || previous?.role === 'replica') return 'replica'
  return 'unknown'
}

function stateOf(given: {
  name: string
  role: MemberRole
  fresh: PatroniStatus | null
  listed: ListedMember | undefined
  previous: MemberSnapshot | undefined
  streams: Streams
}): string {
  const { name, role, fresh, listed, previous, streams } = given
  if (role === 'standby_leader' && (fresh ?? listed)?.state === 'running') return standbyLeaderState(fresh, previous)
  if (!fresh) return listed?.state || previous?.state || 'unknown'
  if (role === 'leader' || role === 'standby_leader' || fresh.state !== 'running' || fresh.wal?.kind === 'primary')
    return fresh.state || 'unknown'
  if (fresh.replicationState) return fresh.replicationState
  // Before 3.0.4 a replica says `running` whatever it does; whether it streams is told by its source.
  if (streams.sourceOf.has(name)) return 'streaming'
  const isUntold = !tellsStreaming(fresh.patroniVersion) && !streams.isComplete
  return isUntold && previous?.state === 'streaming' ? 'streaming' : fresh.state
}

/** A leader is listed as `running` only; where the leader of a standby cluster gets its WAL from is its own word. */
function standbyLeaderState(fresh: PatroniStatus | null, previous: MemberSnapshot | undefined): string {
  if (fresh) return fresh.replicationState ?? 'running'
  return previous && isRunning(previous) ? previous.state : 'running'
}

/** What was never listed and never answered is not missing: it was never there. */
function listing(
  { name, previous, reading }: RosterEntry,
  picture: DcsPicture | null,
  now: Date,
): Pick<MemberSnapshot, 'isListed' | 'missingSince'> {
  if (!picture) return { isListed: previous?.isListed ?? false, missingSince: previous?.missingSince ?? null }
  if (picture.members.has(name)) return { isListed: true, missingSince: null }
  const hasOwnName = reading && !isAddressOf(name, reading.apiUrl)
  const wasThere = previous?.isListed || (hasOwnName && reading.status.good)
  return { isListed: false, missingSince: previous?.missingSince ?? (wasThere ? now : null) }
}

/** The DCS tells a new timeline up to a loop of Patroni late: it must not take back what the member itself said just before. */
function listedTimeline(
  listed: ListedMember | undefined,
  reading: MemberReadings | undefined,
  now: Date,
): number | null {
  const timeline = listed?.timeline ?? null
  const own = reading?.status.good
  if (timeline === null || !own || own.value.timeline === null) return timeline
  const isRecent = now.getTime() - own.observedAt.getTime() < publicationDelayMs
  return isRecent ? Math.max(timeline, own.value.timeline) : timeline
}

const publicationDelayMs = 20_000

function timelineBySql(reading: MemberReadings | undefined): number | null {
  const postgres = reading?.postgres
  return postgres?.good && !postgres.problem ? postgres.good.value.timeline : null
}

function systemIdentifierOf(reading: MemberReadings | undefined): string | null {
  return reading?.status.good?.value.systemIdentifier ?? reading?.postgres?.good?.value.systemIdentifier ?? null
}

function withSeenAt<T>(seen: Seen<T> | null): (T & { seenAt: Date }) | null {
  return seen?.good ? { ...seen.good.value, seenAt: seen.good.observedAt } : null
}

function poolerOf(reading: MemberReadings | undefined, previous: MemberSnapshot | undefined): MemberSnapshot['pooler'] {
  if (!reading?.pooler) return previous?.pooler ?? null
  const { good, problem } = reading.pooler
  const port = good?.value.port ?? previous?.pooler?.port
  return port === undefined ? null : { port, seenAt: good?.observedAt ?? null, problem }
}

function ownViewOf(reading: MemberReadings | undefined): MemberSnapshot['ownView'] {
  const view = reading?.clusterView.good
  if (!reading || !view) return null
  return {
    leader: leaderIn(view.value),
    dcsLastSeenAt: reading.status.good?.value.dcsLastSeenAt ?? null,
    observedAt: view.observedAt,
  }
}
