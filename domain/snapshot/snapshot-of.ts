import type { HistoryLine, PatroniConfig } from './patroni.ts'
import type { ClusterReadings } from './readings.ts'
import type { EtcdSnapshot, HaproxySnapshot, Snapshot } from './snapshot.ts'
import { dcsPictureOf } from './snapshot-of/dcs-picture.ts'
import { leadClaimsOf } from './snapshot-of/lead-claims.ts'
import { leaderPositionOf } from './snapshot-of/leader-position.ts'
import { leaderOf, wasWatched } from './snapshot-of/leader-of.ts'
import { memberOf } from './snapshot-of/member-of.ts'
import type { DcsPicture } from './snapshot-of/picture.ts'
import { nameMembers } from './snapshot-of/names.ts'
import { keysConfirmedAt } from './snapshot-of/picture-from-etcd.ts'
import { rosterOf } from './snapshot-of/roster.ts'
import { streamsOf } from './snapshot-of/streaming.ts'
import { isStale } from './staleness.ts'

/** Merges the newest readings of a cluster with what was known before into one picture; what cannot be seen now keeps its last value. */
export function takeSnapshot(previous: Snapshot | null, asked: ClusterReadings, now: Date): Snapshot {
  const picture = dcsPictureOf(asked, now)
  const readings = nameMembers(asked, picture)
  const config = picture?.config ?? readings.config.good?.value ?? previous?.config ?? null
  const history = historyOf(previous, readings)
  const pause = pauseOf(previous, picture, now)
  const leaderPosition = leaderPositionOf(previous, readings, picture, now)
  const around = {
    picture,
    leaderPosition,
    streams: streamsOf(readings, picture?.leader ?? null, now),
    maximumLagBytes: config?.maximumLagOnFailoverBytes ?? defaultMaximumLagBytes,
    readings,
    now,
  }
  const members = rosterOf(previous, readings, picture, now).map((entry) => memberOf(entry, around))
  const snapshot: Snapshot = {
    clusterId: readings.clusterId,
    clusterName: readings.clusterName,
    version: (previous?.version ?? 0) + 1,
    takenAt: now,
    scope: scopeOf(readings) ?? previous?.scope ?? null,
    systemIdentifier: systemIdentifierOf(readings) ?? previous?.systemIdentifier ?? null,
    ...leaderOf(previous, picture, history, now),
    members,
    config,
    pause,
    isPausedLonger: pause !== null && (previous?.pause ? previous.isPausedLonger : !wasWatched(previous)),
    scheduledSwitchover: picture ? picture.scheduledSwitchover : (previous?.scheduledSwitchover ?? null),
    syncStandbys: (picture?.syncStandbys ?? previous?.syncStandbys ?? []).toSorted(),
    syncLeader: syncLeaderOf(previous, picture),
    syncQuorum: picture ? picture.syncQuorum : (previous?.syncQuorum ?? null),
    isStandbyCluster: isStandbyCluster(config, picture),
    optimeLsn: picture?.optimeLsn ?? null,
    optimeSeenAt: optimeSeenAt(previous, picture, now),
    writeRate: leaderPosition?.writeRate ?? null,
    failsafeActive: isFailsafeActive(readings, now),
    etcd: etcdOf(readings),
    haproxy: haproxyOf(readings),
    history,
  }
  return { ...snapshot, leadClaims: leadClaimsOf(previous, snapshot, readings, now) }
}

/** Patroni's own default of maximum_lag_on_failover (config.py). */
const defaultMaximumLagBytes = 1_048_576

function historyOf(previous: Snapshot | null, readings: ClusterReadings): HistoryLine[] {
  const asked = readings.history.good
  const kept = readings.etcd?.keys.good
  if (asked && kept) return kept.observedAt >= asked.observedAt ? kept.value.history : asked.value
  return asked?.value ?? kept?.value.history ?? previous?.history ?? []
}

function scopeOf(readings: ClusterReadings): string | null {
  for (const member of readings.members) {
    const scope = member.status.good?.value.scope ?? member.clusterView.good?.value.scope
    if (scope) return scope
  }
  return null
}

/** Etcd's word, else the identifier that most members carry. */
function systemIdentifierOf(readings: ClusterReadings): string | null {
  const kept = readings.etcd?.keys.good?.value.systemIdentifier
  if (kept) return kept
  const votes = new Map<string, number>()
  for (const member of readings.members) {
    const identifier = member.status.good?.value.systemIdentifier
    if (identifier) votes.set(identifier, (votes.get(identifier) ?? 0) + 1)
  }
  return [...votes].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null
}

function pauseOf(previous: Snapshot | null, picture: DcsPicture | null, now: Date): Snapshot['pause'] {
  if (!picture) return previous?.pause ?? null
  return picture.isPaused ? (previous?.pause ?? { since: now }) : null
}

function optimeSeenAt(previous: Snapshot | null, picture: DcsPicture | null, now: Date): Date | null {
  if (previous === null || !picture || picture.optimeLsn === null) return null
  return previous.optimeLsn === picture.optimeLsn ? (previous.optimeSeenAt ?? null) : now
}

function syncLeaderOf(previous: Snapshot | null, picture: DcsPicture | null): string | null {
  if (picture?.source === 'etcd') return picture.syncLeader
  return picture?.syncLeader ?? previous?.syncLeader ?? previous?.leader?.name ?? previous?.formerLeader ?? null
}

function isStandbyCluster(config: PatroniConfig | null, picture: DcsPicture | null): boolean {
  if (config?.standbyCluster) return true
  return [...(picture?.members.values() ?? [])].some((member) => member.role === 'standby_leader')
}

function isFailsafeActive(readings: ClusterReadings, now: Date): boolean {
  return readings.members.some(({ status: { good, problem } }) => {
    return good !== null && !problem && !isStale(good.observedAt, now) && good.value.failsafeActive
  })
}

function etcdOf(readings: ClusterReadings): EtcdSnapshot | null {
  const { etcd } = readings
  if (!etcd) return null
  return {
    endpoints: [...new Map(etcd.endpoints.map((endpoint) => [endpoint.url, endpoint])).values()].map(
      ({ url, status }) => ({
        url,
        status: status.good?.value ?? null,
        seenAt: status.good?.observedAt ?? null,
        problem: status.problem,
      }),
    ),
    quorumSeenAt: etcd.quorum.good?.observedAt ?? null,
    quorumProblem: etcd.quorum.problem,
    keysSeenAt: keysConfirmedAt(etcd),
  }
}

function haproxyOf(readings: ClusterReadings): HaproxySnapshot | null {
  const { haproxy } = readings
  if (!haproxy) return null
  return {
    backends: haproxy.good?.value.backends ?? [],
    seenAt: haproxy.good?.observedAt ?? null,
    problem: haproxy.problem,
  }
}
