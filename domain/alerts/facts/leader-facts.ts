import type { FactRow } from '#domain/alerts/rule.ts'
import type { Facts } from './names.ts'
import { type FactSources, freshOf, greatest } from './sources.ts'
import { growth, seenGrowth } from './trail.ts'

type Names =
  | 'leaderXidAge'
  | 'leaderMxidAge'
  | 'leaderHorizonAge'
  | 'leaderArchiveQueue'
  | 'leaderWaitingOnSync'
  | 'isArchiverFailing'
  | 'deadlocks'
  | 'deadlocksSeen'
  | 'requestedCheckpoints'
  | 'requestedCheckpointsSeen'
  | 'newChecksumFailures'

/** What Postgres of whoever leads tells of the whole cluster. */
export function leaderFacts(sources: FactSources): Pick<Facts<'cluster'>, Names> {
  const { trail, now } = sources
  const detail = leaderDetail(sources)
  const deadlocks = growth(trail, 'deadlocks', 600, now)
  const requestedCheckpoints = growth(trail, 'requestedCheckpoints', 1800, now)
  const horizon = detail?.horizon
  return {
    leaderXidAge: greatest((detail?.databases ?? []).map(({ xidAge }) => xidAge)),
    leaderMxidAge: greatest((detail?.databases ?? []).map(({ mxidAge }) => mxidAge)),
    // Nobody holds anything back where the look was made and none of its parts is there.
    leaderHorizonAge: horizon
      ? (greatest([horizon.sessions, horizon.slots, horizon.prepared, horizon.standbys]) ?? 0)
      : null,
    leaderArchiveQueue: detail?.archiver?.readyCount ?? null,
    leaderWaitingOnSync: detail?.connections.waitingOnSync ?? null,
    isArchiverFailing: detail?.archiver?.isFailing ?? null,
    deadlocks,
    deadlocksSeen: greatest([deadlocks, seenGrowth(trail, 'deadlocks', 600, now)]),
    requestedCheckpoints,
    requestedCheckpointsSeen: greatest([requestedCheckpoints, seenGrowth(trail, 'requestedCheckpoints', 1800, now)]),
    newChecksumFailures: checksumFailures(sources, 1800),
  }
}

/** Postgres keeps when a page failed last, so that one is known of whatever was seen before. */
function checksumFailures(sources: FactSources, seconds: number): number | null {
  const { trail, now } = sources
  const from = now.getTime() - seconds * 1000
  const databases = leaderDetail(sources)?.databases ?? []
  const isLate = databases.some(
    ({ checksumFailedAt }) => checksumFailedAt != null && checksumFailedAt.getTime() >= from,
  )
  const atLeast = seenGrowth(trail, 'checksumFailures', seconds, now) ?? (isLate ? 1 : null)
  return greatest([growth(trail, 'checksumFailures', seconds, now), atLeast])
}

/** The replication slots of the leader. */
export function slotRows(sources: FactSources): FactRow[] {
  return (leaderDetail(sources)?.slots ?? [])
    .filter(({ temporary }) => !temporary)
    .map((slot) => {
      const { type, active: isActive, walStatus, retainedBytes, safeBytes } = slot
      const isInvalid = slot.invalidationReason !== null || slot.conflicting === true
      const facts: Facts<'slot'> = { type, isActive, walStatus, retainedBytes, safeBytes, isInvalid }
      return { scope: 'slot', subject: slot.name, member: leaderName(sources), facts }
    })
}

/** The databases of the leader. */
export function databaseRows(sources: FactSources): FactRow[] {
  return (leaderDetail(sources)?.databases ?? []).map(({ name, sizeBytes, xidAge, mxidAge }) => {
    const facts: Facts<'database'> = { sizeBytes, xidAge, mxidAge }
    return { scope: 'database', subject: name, member: leaderName(sources), facts }
  })
}

/** What the leader's statistics tell; null where nobody leads, they are old, or it is no leader any more by its own word. */
export function leaderDetail(sources: FactSources) {
  const name = leaderName(sources)
  const looked = sources.stack?.members.find((member) => member.name === name)?.postgres
  const detail = freshOf(looked, sources.now)
  return detail === null || (detail.inRecovery && !sources.snapshot.isStandbyCluster) ? null : detail
}

function leaderName({ snapshot }: FactSources): string | null {
  return snapshot.leaderSource === 'none' ? null : (snapshot.leader?.name ?? null)
}
